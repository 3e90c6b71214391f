"""Makes the fonts that documents carry: BIZ UDPGothic (SIL OFL 1.1) without
hints, layout and vertical metrics, its 1 as wide as its other figures, and the
kanji of names that it lacks from Noto Sans CJK JP (SIL OFL 1.1), as quadratic
outlines.

usage: make-fonts BIZUDPGothic-Regular.ttf NotoSansCJK-Regular.ttc UniJIS2004-UTF32-H out.ttf
"""
import re, sys
from fontTools import subset
from fontTools.ttLib import TTFont, TTCollection
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.pens.transformPen import TransformPen

def adobe_japan(path):
    out = set()
    block = None
    for line in open(path, encoding="latin-1"):
        if "begincidchar" in line: block = "char"
        elif "begincidrange" in line: block = "range"
        elif line.startswith("end"): block = None
        elif block:
            n = [int(x, 16) for x in re.findall(r"<([0-9a-fA-F]+)>", line)]
            out.update(range(n[0], n[-1] + 1))
    return out

def main(biz, noto, cmap, out):
    font = TTFont(biz)
    one = font.getBestCmap()[ord("1")]
    wide = font["hmtx"][font.getBestCmap()[ord("2")]][0]
    g = font["glyf"][one]
    shift = (wide - font["hmtx"][one][0]) // 2
    g.coordinates.translate((shift, 0)); g.recalcBounds(font["glyf"])
    font["hmtx"][one] = (wide, g.xMin)
    o = subset.Options()
    o.hinting = False; o.layout_features = []; o.name_IDs = [0, 1, 2, 13, 14]; o.notdef_outline = True
    o.drop_tables += ["vhea", "vmtx", "DSIG", "meta", "gasp", "GSUB", "GPOS", "GDEF"]
    o.glyph_names = False
    s = subset.Subsetter(o); s.populate(unicodes=list(font.getBestCmap())); s.subset(font)

    sans = next(f for f in TTCollection(noto).fonts if f["name"].getDebugName(1).startswith("Noto Sans CJK JP"))
    have, theirs = set(font.getBestCmap()), sans.getBestCmap()
    wanted = sorted((adobe_japan(cmap) | {0x2715, 0x22EF, 0x25B8, 0x32FF}) & set(theirs) - have)
    wanted = [c for c in wanted if 0x3400 <= c <= 0x9FFF or 0xF900 <= c <= 0xFAFF or c >= 0x20000 or c in (0x2715, 0x22EF, 0x25B8, 0x32FF)]
    glyphs, scale = sans.getGlyphSet(), font["head"].unitsPerEm / sans["head"].unitsPerEm
    added = {}
    for c in wanted:
        pen = TTGlyphPen(None)
        glyphs[theirs[c]].draw(TransformPen(Cu2QuPen(pen, 2.0, reverse_direction=True), (scale, 0, 0, scale, 0, 0)))
        name = "n%05X" % c
        added[c] = name
        g = pen.glyph()
        font["glyf"].glyphs[name] = g
        font["glyf"].glyphOrder.append(name)
        g.recalcBounds(font["glyf"])
        font["hmtx"][name] = (round(sans["hmtx"][theirs[c]][0] * scale), g.xMin if g.numberOfContours else 0)
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
    t = CmapSubtable.newSubtable(12)
    t.platformID, t.platEncID, t.format, t.reserved, t.length, t.language = 3, 10, 12, 0, 0, 0
    t.cmap = {**font.getBestCmap(), **added}
    font["cmap"].tables = [t]
    font["post"].formatType = 3.0
    font["maxp"].numGlyphs = len(font["glyf"].glyphOrder)
    font["name"].setName(font["name"].getDebugName(0) + " Some kanji: Copyright 2014-2021 Adobe (Noto Sans CJK).", 0, 3, 1, 0x409)
    font.recalcTimestamp = False
    font.save(out)
    print(out, len(t.cmap), len(wanted))

main(*sys.argv[1:])
