// What a page must not have, measured from what the browser computed. Each
// complaint begins with the line of the acceptance list that it breaks.
(() => {
  const out = new Map(); // complaint without its example, to the example
  const bad = (line, what, e) => {
    const key = `${line}: ${what}`;
    if (!out.has(key)) out.set(key, e ? ` <${e.tagName.toLowerCase()} class="${e.getAttribute("class") || ""}"> ${(e.textContent || e.name || "").trim().slice(0, 30)}` : "");
  };
  const sights = new Map();
  const shown = (e) => { if (!sights.has(e)) sights.set(e, e.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && !e.closest(".vh,.skip")); return sights.get(e); };
  const all = [...document.body.querySelectorAll("*")];

  // Colours.
  const parse = (s) => {
    const m = s.match(/^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)(?:, ([\d.]+))?\)$/);
    return m ? [+m[1], +m[2], +m[3], m[4] === undefined ? 1 : +m[4]] : null;
  };
  const over = (top, under) => top.slice(0, 3).map((c, i) => c * top[3] + under[i] * (1 - top[3])).concat(1);
  const grounds = new Map();
  const ground = (e) => {
    if (!e) return [255, 255, 255, 1];
    if (grounds.has(e)) return grounds.get(e);
    const own = parse(getComputedStyle(e).backgroundColor);
    const g = own && own[3] === 1 ? own : own && own[3] > 0 ? over(own, ground(e.parentElement)) : ground(e.parentElement);
    grounds.set(e, g);
    return g;
  };
  const luminance = (c) => c.slice(0, 3).map((v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; }).reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
  const contrast = (front, back) => {
    const [a, b] = [luminance(over(front, back)), luminance(back)];
    return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
  };
  const worst = (line, what, e, colour, back, least) => {
    const c = parse(colour);
    if (c && contrast(c, back) < least) bad(line, `${what} ${colour} on rgb(${back.slice(0, 3).map(Math.round).join(", ")}) is ${contrast(c, back).toFixed(2)}`, e);
  };
  const colours = () => {
    for (const e of all) {
      if (!shown(e) || e.matches("option,optgroup") || e.closest(":disabled")) continue;
      const s = getComputedStyle(e);
      const own = [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim());
      if (own) worst(5, "text", e, e.ownerSVGElement ? s.fill : s.color, ground(e), 4.5);
      if (e.matches("input:not([type=hidden],[type=checkbox],[type=radio],[type=range],[type=file]),select,textarea,.btn:not(.quiet)")) {
        const outside = ground(e.parentElement), filled = parse(s.backgroundColor);
        if (contrast(parse(s.borderTopColor), outside) < 3 && !(filled && filled[3] === 1 && contrast(filled, outside) >= 3)) worst(5, "border", e, s.borderTopColor, outside, 3);
      }
      if (e.matches("svg :is(path,rect,circle,line,polyline,polygon,ellipse)") && !e.closest("defs,.decor")) {
        const paints = [s.fill, s.stroke].map(parse).filter((c) => c && c[3] > 0);
        const box = e.getBoundingClientRect();
        if (e.closest(".mk,.ic") && e.parentElement.firstElementChild !== e) continue; // drawn upon the first shape
        if (paints.length && box.width + box.height > 0 && !paints.some((c) => contrast(c, ground(e)) >= 3)) worst(5, "mark", e, `rgb(${paints[0].slice(0, 3).join(", ")})`, ground(e), 3);
      }
    }
  };

  // Focus, in the order of the page.
  const stops = () => all.filter((e) => e.matches("a[href],button,input:not([type=hidden]),select,textarea,summary,iframe,[tabindex]") && e.tabIndex >= 0 && !e.matches(":disabled") && e.checkVisibility({ visibilityProperty: true }));
  const focus = () => {
    const at = innerWidth;
    const list = stops();
    if (!list[0] || !list[0].matches(".skip")) bad(7, "the first stop is not the skip link", list[0]);
    for (const [i, e] of list.entries()) {
      if (e.tabIndex > 0) bad(7, "an order of its own", e);
      if (e.tagName === "IFRAME" || i > 80) continue;
      e.focus({ focusVisible: true });
      if (document.activeElement !== e) { bad(7, "takes no focus", e); continue; }
      const s = getComputedStyle(e);
      if ((s.outlineStyle === "none" || parseFloat(s.outlineWidth) < 2) && s.boxShadow === "none") bad(7, "focus is not seen", e);
      if (e.ownerSVGElement) continue;
      const r = e.getClientRects()[0];
      if (!r) continue;
      const x = Math.min(Math.max(r.left + r.width / 2, 1), innerWidth - 1), y = (Math.max(r.top, 0) + Math.min(r.bottom, innerHeight)) / 2;
      if (r.bottom <= 0 || r.top >= innerHeight) { bad(7, `focus is out of sight at ${at}: ${r.top}`, e); continue; }
      const top = document.elementFromPoint(x, y);
      if (top && top !== e && !e.contains(top) && !top.contains(e) && !(e.labels && [...e.labels].some((l) => l.contains(top)))) bad(7, `focus at ${at} is under <${top.tagName} ${top.className}>`, e);
    }
    document.activeElement.blur();
    scrollTo(0, 0);
  };

  // Labels.
  const named = (e) => [...(e.labels || [])].some((l) => l.textContent.trim());
  const labels = () => {
    for (const e of document.querySelectorAll("input:not([type=hidden]),select,textarea")) {
      if (!named(e)) bad(8, "no label", e);
      else if (!e.closest("table") && ![...e.labels].some((l) => !l.matches(".vh") && [...l.childNodes].some((n) => n.textContent.trim() && !(n.matches && n.matches(".vh"))))) bad(8, "a label that nobody sees", e);
    }
  };
  const errors = () => {
    const sum = document.getElementById("errors");
    if (!sum) return;
    if (document.activeElement !== sum && !sum.contains(document.activeElement)) bad(8, "the summary has no focus", document.activeElement);
    for (const a of sum.querySelectorAll("a")) {
      const e = document.getElementById(a.hash.slice(1));
      if (!e) { bad(8, `nothing stands at ${a.hash}`, a); continue; }
      if (e.getAttribute("aria-invalid") !== "true") bad(8, `${a.hash} is not said to be wrong`, e);
      const says = (e.getAttribute("aria-describedby") || "").split(" ").map((id) => document.getElementById(id)).filter(Boolean);
      if (!says.some((d) => d.textContent.trim() === a.textContent.trim())) bad(8, `${a.hash} does not repeat the words`, e);
      if (!says.every(shown)) bad(8, `${a.hash} is said where nobody sees it`, e);
    }
    if (!/^\d/.test(document.title) && !document.title.match(/\d/)) bad(3, "the title has no number of problems");
  };

  // Numbers, levels, charts, movement.
  const numbers = () => {
    for (const e of document.querySelectorAll("main td, main dd")) {
      if (!shown(e) || e.closest("table.g,table.x,[data-asis]")) continue;
      const text = e.textContent.trim(), s = getComputedStyle(e);
      if (e.tagName === "TD" && /^[+−]?¥?[\d,]+(\.\d+)?%?$/.test(text) && s.textAlign !== "right" && s.textAlign !== "end" && !e.closest(".cards")) bad(20, "a number to the left", e);
      if (/^-[\d¥]/.test(text)) bad(20, "a hyphen for minus", e);
      if (/\d/.test(text) && !s.fontVariantNumeric.includes("tabular-nums")) bad(20, "figures of differing width", e);
    }
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let n; (n = walk.nextNode());) if (/[▲△▼▽]/.test(n.data) && !n.parentElement.closest("table.g,table.x,.qj,.says-in,mark,option,textarea,.brief,[data-asis]")) bad(20, "a triangle: " + n.data.trim().slice(0, 30), n.parentElement);
  };
  const levels = () => {
    for (const e of document.querySelectorAll(".tag:is(.neg,.warn,.ok,.info)")) if (shown(e) && !e.textContent.trim()) bad(31, "a level without a word", e);
    for (const e of document.querySelectorAll(".tag:is(.neg,.warn,.ok)")) if (shown(e) && !e.querySelector("svg")) bad(31, "a level without a shape", e);
  };
  const charts = () => {
    for (const e of document.querySelectorAll("main svg:not(.ic,.mk)")) {
      if (e.closest("[aria-hidden=true]") || !shown(e)) continue;
      if (!e.querySelector(":scope>title") || !e.querySelector(":scope>desc")) bad(30, "a chart without title or desc", e);
    }
  };
  const moves = (still) => {
    for (const e of all) {
      const s = getComputedStyle(e);
      const secs = (v) => Math.max(...v.split(",").map((x) => parseFloat(x)));
      if (s.animationName !== "none") bad(32, "something moves", e);
      if (secs(s.transitionDuration) > (still ? 0 : 0.15)) bad(32, `a transition of ${s.transitionDuration}`, e);
      if (secs(s.transitionDuration) > 0 && s.transitionProperty !== "opacity") bad(32, `a transition of ${s.transitionProperty}`, e);
    }
  };

  // Narrow windows and large text.
  const fits = (line) => {
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) bad(line, `wider than the window by ${root.scrollWidth - root.clientWidth}`);
    const texts = [];
    const stuck = (e) => e && e !== document.body && (/sticky|fixed/.test(getComputedStyle(e).position) || stuck(e.parentElement));
    for (const e of all) {
      if (!shown(e) || e.ownerSVGElement || e.tagName === "svg" || e.matches("option,optgroup,select,textarea")) continue;
      const s = getComputedStyle(e);
      const clips = s.overflowX === "hidden" || s.overflowX === "clip";
      if (clips && e.scrollWidth > e.clientWidth + 1 && e.textContent.trim()) bad(line, "cut off", e);
      for (const n of e.childNodes) {
        if (n.nodeType !== 3 || !n.data.trim()) continue;
        const r = document.createRange();
        r.selectNodeContents(n);
        for (const q of r.getClientRects()) {
          if (q.width < 2 || q.height < 2) continue;
          const box = e.closest(".scroll,.tabs,.sheets");
          if (q.right > root.clientWidth + 1 && !box) bad(line, "out of the window", e);
          if (!box && !stuck(e)) texts.push([q, e]); // what scrolls in a box of its own lies under its edges
        }
      }
    }
    const much = (a, b) => Math.min(a.bottom, b.bottom) - b.top > Math.min(a.height, b.height) * 0.4; // glyphs are higher than their lines
    texts.sort((a, b) => a[0].top - b[0].top);
    for (let i = 0; i < texts.length; i++) {
      const [a, x] = texts[i];
      for (let j = i + 1; j < texts.length && texts[j][0].top < a.bottom - 6; j++) {
        const [b, y] = texts[j];
        if (Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 && much(a, b) && !(x.closest("sup") || y.closest("sup"))) bad(line, `text lies over “${y.textContent.trim().slice(0, 20)}”`, x);
      }
    }
  };

  // Targets: of a box to tick, its label is the target; a link in a sentence is as high as its line.
  const targets = () => {
    for (const e of document.querySelectorAll("button,.btn,.seg a,nav a,summary,select,textarea,input:not([type=hidden])")) {
      if (!shown(e)) continue;
      const boxes = [e, ...(e.labels || [])].map((x) => x.getBoundingClientRect());
      if (Math.max(...boxes.map((r) => r.width)) < 24 || Math.max(...boxes.map((r) => r.height)) < 23.5) bad(6, `a target of ${boxes[0].width} × ${boxes[0].height}`, e);
      if (innerWidth < 400 && e.matches("main>.bar .btn,.acc form .btn") && boxes[0].height < 43.5) bad(6, `a bar of ${boxes[0].height}`, e);
    }
  };

  // The page and what it loads.
  const loads = () => {
    const got = performance.getEntriesByType("resource");
    if (got.length > 11) bad(13, `${got.length + 1} requests`);
    for (const r of got) if (new URL(r.name).host !== location.host && !r.name.startsWith("data:")) bad(13, "a request to " + r.name);
    if ([...document.styleSheets].some((s) => [...s.cssRules].some((r) => r instanceof CSSFontFaceRule))) bad(13, "a web font");
  };

  // Runs of the other language: sentences of Latin words on a Japanese page, Japanese on an English one.
  const tongue = (e) => { const x = e.closest("[lang]"); return x ? x.lang.slice(0, 2) : ""; };
  const tongues = () => {
    const page = document.documentElement.lang;
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let n; (n = walk.nextNode());) {
      const e = n.parentElement, s = n.data.trim();
      if (!s || e.closest("script,style,[data-asis],table.g,table.x,code,kbd")) continue;
      if (e.matches("textarea") && /([A-Za-z’']{2,}[ ,.]+){3}/.test(s)) continue; // a letter that quotes: no run in it can bear a mark
      const kanji = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(s);
      if (kanji && tongue(e) !== "ja") bad(3, `Japanese in ${tongue(e)}: ${s.slice(0, 40)}`, e);
      if (!kanji && page === "ja" && tongue(e) === "ja" && /([A-Za-z’']{2,}[ ,.]+){3}[A-Za-z’']{2,}/.test(s)) bad(3, `English in ja: ${s.slice(0, 40)}`, e);
    }
  };

  // Landmarks with names, tables with captions and scopes.
  const called = (e) => (e.getAttribute("aria-label") || (e.getAttribute("aria-labelledby") || "").split(" ").map((id) => (document.getElementById(id) || {}).textContent || "").join(" ")).trim();
  const structure = () => {
    for (const tag of ["header", "main"]) if (tag === "main" || document.querySelector(".app")) if (document.querySelectorAll(`body>${tag},.app>${tag}`).length !== 1) bad(9, `not one ${tag}`);
    const names = new Map();
    for (const e of document.querySelectorAll("body>header,.app>header,nav,main,section[aria-labelledby],section[aria-label],[role=region],[role=group]")) {
      const name = called(e);
      if (!name) { bad(9, `<${e.tagName.toLowerCase()}> without a name`, e); continue; }
      if (!e.matches("nav")) continue;
      if (names.has(name)) bad(9, `two navigations named ${name}`, e);
      names.set(name, e);
    }
    for (const t of document.querySelectorAll("main table")) {
      if (!t.caption || !t.caption.textContent.trim()) bad(9, "a table without caption", t);
      if (!t.querySelector("th")) bad(9, "a table without headers", t);
    }
    for (const th of document.querySelectorAll("main th")) if (!/^(col|row|colgroup|rowgroup)$/.test(th.getAttribute("scope") || "")) bad(9, "a header without scope", th);
    for (const nav of document.querySelectorAll("nav[aria-label]")) if (nav.querySelectorAll("[aria-current]").length > 1) bad(9, "two current items", nav);
  };

  // On paper: what was written is read, and there is no box to write into.
  const paper = () => {
    for (const e of document.querySelectorAll("nav,.side,.btn,.seg,.noprint,button,input[type=file]")) if (e.getClientRects().length) bad(33, "shown on paper", e);
    for (const e of document.querySelectorAll("input:not([type=hidden],[type=checkbox],[type=radio]),select,textarea")) {
      if (!e.getClientRects().length) continue;
      if (parseFloat(getComputedStyle(e).borderTopWidth) > 0) bad(33, "a box on paper", e);
      if (e.tagName !== "SELECT" && !e.value.trim()) bad(33, "an empty field on paper", e);
      if (e.tagName === "TEXTAREA" && e.scrollHeight > e.clientHeight + 2) bad(33, "a text that is cut", e);
    }
    for (const e of document.querySelectorAll("html,body,main,.panel,.kpis,.note,.tag,.shared")) {
      const c = getComputedStyle(e).backgroundColor;
      if (e.getClientRects().length && c !== "rgb(255, 255, 255)" && c !== "rgba(0, 0, 0, 0)") bad(33, `a ground of ${c}`, e);
    }
    const wide = document.documentElement.clientWidth;
    for (const e of document.querySelectorAll("svg,table:not(.g,.x),p,li")) if (e.getClientRects().length && !e.closest(".vh,.g,.x") && e.getBoundingClientRect().right > wide + 1) bad(33, "cut by the edge of the paper", e);
  };

  // The equal table of a chart: each figure that is drawn stands in it.
  const figures = (s) => (s.match(/[+−]?\d[\d,]*(\.\d+)?/g) || []);
  const equals = () => {
    for (const e of document.querySelectorAll("main svg:not(.ic,.mk)")) {
      if (e.closest("[aria-hidden=true]") || !e.querySelector("text")) continue;
      const panel = e.closest("section,.panel,figure,main"), tables = [...panel.querySelectorAll("table")];
      if (!tables.length) { bad(30, "a chart without a table", e); continue; }
      const held = new Set(tables.flatMap((t) => [...t.querySelectorAll("th,td")]).flatMap((c) => figures(c.textContent)));
      for (const t of e.querySelectorAll("text")) {
        if (/ink3|ink2/.test(t.getAttribute("fill") || "")) continue; // says the place, not the figure
        for (const f of figures(t.textContent)) if (!held.has(f)) bad(30, `${f} of “${t.textContent}” is not in the table`, e);
      }
    }
  };

  const large = () => { document.documentElement.style.fontSize = "200%"; fits("2, large"); document.documentElement.style.fontSize = ""; };
  const dark = () => { document.documentElement.dataset.theme = "dark"; grounds.clear(); };
  const light = () => { document.documentElement.dataset.theme = "light"; grounds.clear(); };
  for (const act of ACTS) ({ colours, focus, labels, errors, numbers, levels, charts, loads, dark, light,
    targets, tongues, structure, paper, equals, moves: () => moves(false), still: () => moves(true), narrow: () => fits(2), large })[act]();
  return [...out].map(([k, v]) => k + v);
})()
