package mail

import (
	"bytes"
	"strings"
)

// maxAddresses bounds a list of addresses.
const maxAddresses = 1000

// Domain returns what stands behind the @, "" when there is none.
func (a Address) Domain() string {
	_, domain, _ := strings.Cut(a.Addr, "@")
	return domain
}

// addresses reads a list of addresses, however it is written: Name <a@b>,
// a@b (Name), "Name, First" <a@b>; a@b, group: a@b, c@d;
func addresses(v []byte) []Address {
	var out []Address
	for _, piece := range splitAddresses(v) {
		if a := address(piece); a.Addr != "" && len(out) < maxAddresses {
			out = append(out, a)
		}
	}
	return out
}

// splitAddresses splits at commas and semicolons outside of quotes, brackets and
// comments. A group's name ends at its colon.
func splitAddresses(v []byte) [][]byte {
	var out [][]byte
	quoted, angle, depth, start := false, false, 0, 0
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c == 0x1B:
			i = behindJIS(v, i)
		case c == '\\':
			i++
		case c == '"' && depth == 0:
			quoted = !quoted
		case quoted:
		case c == '(':
			depth++
		case c == ')' && depth > 0:
			depth--
		case depth > 0:
		case c == '<':
			angle = true
		case c == '>':
			angle = false
		case (c == ',' || c == ';') && !angle:
			out = append(out, v[start:i])
			start = i + 1
		case c == ':' && !angle:
			start = i + 1
		}
	}
	return append(out, v[min(start, len(v)):])
}

// address reads one address; its Addr is "" when there is none.
func address(v []byte) Address {
	v = bytes.TrimSpace(v)
	if open := bytes.LastIndexByte(v, '<'); open >= 0 {
		spec, _, _ := bytes.Cut(v[open+1:], []byte(">"))
		return Address{Name: personName(v[:open]), Addr: addrSpec(spec)}
	}
	var name []byte
	if open := bytes.IndexByte(v, '('); open >= 0 {
		name = bytes.TrimSuffix(bytes.TrimSpace(v[open+1:]), []byte(")"))
		v = stripComments(v)
	}
	return Address{Name: personName(name), Addr: addrSpec(v)}
}

func personName(v []byte) string {
	return decodeWords(unquote(bytes.TrimSpace(v)))
}

// addrSpec cleans a@b; anything else is none.
func addrSpec(v []byte) string {
	v = bytes.TrimPrefix(bytes.TrimSpace(stripComments(v)), []byte("mailto:"))
	if i := bytes.LastIndexByte(v, ':'); i >= 0 && bytes.HasPrefix(v, []byte("@")) {
		v = v[i+1:] // a route, which nobody writes any more
	}
	local, domain, ok := bytes.Cut(bytes.Trim(v, ` "'`), []byte("@"))
	if !ok || len(local) == 0 || len(local)+len(domain) > 320 || bytes.ContainsAny(domain, " \t@<>\"") {
		return ""
	}
	addr := strings.ToLower(clean(string(local) + "@" + strings.TrimSuffix(string(domain), ".")))
	if strings.HasSuffix(addr, "@"+Exchange) {
		return "" // nobody may claim that from outside
	}
	return addr
}

// Exchange is the domain under which people of the server's own organisation
// stand in a file of Outlook that does not tell their real address.
const Exchange = "exchange.invalid"
