package mail

import (
	"bytes"
	"cmp"
	"strings"
)

// isSigned reports whether a part may be a message within its signature, as programs send it
// that do not sign in the clear (RFC 8551): application/pkcs7-mime.
func isSigned(p *part) bool {
	return (p.kind == "application/pkcs7-mime" || p.kind == "application/x-pkcs7-mime") && !strings.EqualFold(p.params["smime-type"], "enveloped-data")
}

// signed reads the message within a signature as if it stood there; false where none can be
// found, as in one that is encrypted. Whether the signature holds is not asked.
func (g *gatherer) signed(p *part) (bool, error) {
	w := &limited{left: maxTNEF}
	if _, err := g.copyPart(w, p); err != nil || g.box.sealed {
		return false, nil // too large, or one within another
	}
	content := signedContent(w.Bytes())
	if content == nil {
		return false, nil
	}
	box := Open(bytes.NewReader(content), int64(len(content)))
	box.Limits, box.many, box.sealed = g.box.Limits, false, true
	for m, err := range box.Messages(g.ctx) {
		if err != nil {
			return false, err
		}
		b, err := m.Read()
		if err != nil {
			return false, err
		}
		g.take(b)
	}
	return true, nil
}

// take adds what a message within this one holds to it.
func (g *gatherer) take(b Body) {
	g.texts = append(g.texts, b.all)
	g.Files = append(g.Files, b.Files...)
	g.Within = append(g.Within, b.Within...)
	g.Invites = append(g.Invites, b.Invites...)
	g.Page, g.page = cmp.Or(g.Page, b.Page), cmp.Or(g.page, b.page)
	for _, f := range b.Faults {
		if f.Code != CodeDate && f.Code != CodeFrom {
			g.fault(f.Code, f.Part)
		}
	}
}

// signedData is the number of the type (RFC 5652): 1.2.840.113549.1.7.2; data ends in 1.
var signedData, plainData = []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 2}, []byte{0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 7, 1}

// signedContent finds the content that a signature holds: ContentInfo, SignedData, its
// third value, EncapsulatedContentInfo. nil where there is none.
func signedContent(b []byte) []byte {
	info := values(first(values(b)))
	if len(info) < 2 || !bytes.Equal(info[0].body, signedData) {
		return nil
	}
	signed := values(first(values(info[1].body)))
	if len(signed) < 3 {
		return nil
	}
	held := values(signed[2].body)
	if len(held) < 2 || !bytes.Equal(held[0].body, plainData) {
		return nil
	}
	return octets(held[1].body, 0)
}

// octets joins a string of octets, which may come in pieces.
func octets(b []byte, depth int) (out []byte) {
	for _, v := range values(b) {
		if v.tag&0x20 != 0 && depth < 4 {
			out = append(out, octets(v.body, depth+1)...)
		} else if v.tag == 4 {
			out = append(out, v.body...)
		}
	}
	return out
}

// value is one of ASN.1 in BER.
type value struct {
	tag  byte
	body []byte
}

func first(list []value) []byte {
	if len(list) == 0 {
		return nil
	}
	return list[0].body
}

const maxValues = 100_000

// values cuts bytes into values, as far as they can be read.
func values(b []byte) (out []value) {
	for len(b) > 0 && len(out) < maxValues {
		v, rest, ok := cutValue(b, 0)
		if !ok || v.tag == 0 {
			return out
		}
		out, b = append(out, v), rest
	}
	return out
}

// cutValue cuts the first value off. One of no stated length ends at two zeros.
func cutValue(b []byte, depth int) (v value, rest []byte, ok bool) {
	if len(b) < 2 || b[0]&0x1F == 0x1F || depth > 16 {
		return v, nil, false
	}
	v.tag = b[0]
	n, at := int(b[1]), 2
	switch {
	case n == 0x80:
		body := b[2:]
		for rest = body; len(rest) >= 2 && (rest[0] != 0 || rest[1] != 0); {
			if _, rest, ok = cutValue(rest, depth+1); !ok {
				return v, nil, false
			}
		}
		if len(rest) < 2 {
			return v, nil, false
		}
		v.body = body[:len(body)-len(rest)]
		return v, rest[2:], true
	case n > 0x84:
		return v, nil, false
	case n > 0x80:
		size := 0
		for at = 2; at < 2+n-0x80; at++ {
			if at >= len(b) {
				return v, nil, false
			}
			size = size<<8 | int(b[at])
		}
		n = size
	}
	if n < 0 || n > len(b)-at {
		return v, nil, false
	}
	v.body = b[at : at+n]
	return v, b[at+n:], true
}
