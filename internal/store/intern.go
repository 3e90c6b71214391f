package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"

	"honne"
)

// The kinds of name.
const (
	nameProduct = 1
	nameAccount = 2
	nameText    = 3 // region, rep, lot, the words of a reason
)

// nameKey is all that a name says.
type nameKey struct {
	kind       uint8
	role       honne.Role
	disclosure honne.Disclosure
	site       bool
	code, name string
	place      string
}

// checksum lets Verify find a name that was altered. Names were without places
// once.
func (k nameKey) checksum() int64 {
	b := fmt.Appendf(nil, "%d %d %d %t %q %q", k.kind, k.role, k.disclosure, k.site, k.code, k.name)
	if k.place != "" {
		b = fmt.Appendf(b, " %q", k.place)
	}
	sum := sha256.Sum256(b)
	return int64(binary.LittleEndian.Uint64(sum[:]))
}

type nameRow struct {
	id               int64
	kind             uint8
	role, disclosure uint8
	site             bool
	code, name       string
	place            string
}

func (r *nameRow) fields() []any {
	return []any{&r.id, &r.kind, &r.role, &r.disclosure, &r.site, &r.code, &r.name, &r.place}
}

func (r nameRow) key() nameKey {
	return nameKey{r.kind, honne.Role(r.role), honne.Disclosure(r.disclosure), r.site, r.code, r.name, r.place}
}

const selectName = `SELECT id, kind, role, disclosure, site, code, name, place FROM name `

// names numbers the names of one file as its lines are read: 0 is none, and
// what is new since the last batch is in fresh.
type names struct {
	index map[nameKey]int32
	keys  []nameKey
	fresh int
}

func (n *names) of(k nameKey) int32 {
	if i, ok := n.index[k]; ok {
		return i
	}
	i := int32(len(n.keys))
	n.keys = append(n.keys, k)
	n.index[k] = i
	return i
}

func (n *names) text(s string) int32 {
	if s == "" {
		return 0
	}
	return n.of(nameKey{kind: nameText, name: s})
}

func (n *names) product(p honne.Product) int32 {
	if p == (honne.Product{}) {
		return 0
	}
	return n.of(nameKey{kind: nameProduct, code: p.Code, name: p.Name})
}

func (n *names) party(role honne.Role, p honne.Party) int32 {
	if p.IsZero() {
		return 0
	}
	return n.of(nameKey{nameAccount, role, p.Disclosure, p.Site, p.Code, p.Name, p.Place})
}

// takeFresh returns the names that came since it was last called.
func (n *names) takeFresh() []nameKey {
	out := n.keys[n.fresh:]
	n.fresh = len(n.keys)
	return out
}

// nameIDs gives the file's names their ids in the database. Texts are not
// looked for among those of other files: there may be one a line.
type nameIDs struct {
	distributor honne.DistributorID
	dialect     string
	ids         []int64 // by number in names
	stored      map[nameKey]int64
	seen        int64 // the highest id in stored
}

// openNames reads the products and accounts of the distributor.
func openNames(ctx context.Context, q querier, d honne.DistributorID, dialect string) (*names, *nameIDs, error) {
	ids := &nameIDs{distributor: d, dialect: dialect, ids: []int64{0}, stored: map[nameKey]int64{}}
	return &names{index: map[nameKey]int32{}, keys: []nameKey{{}}, fresh: 1}, ids, ids.refresh(ctx, q)
}

// refresh reads names that were stored since.
func (n *nameIDs) refresh(ctx context.Context, q querier) error {
	rows, err := collect(ctx, q, (*nameRow).fields, selectName+`WHERE distributor_id = $1 AND id > $2 AND kind <> 3 ORDER BY id`,
		int64(n.distributor), n.seen)
	for _, r := range rows {
		n.stored[r.key()] = r.id
		n.seen = r.id
	}
	return err
}

// save finds or makes the ids of the next names. The counter's lock keeps two
// imports from making two ids of one name.
func (n *nameIDs) save(ctx context.Context, tx *sql.Tx, fresh []nameKey) error {
	missing := 0
	for _, k := range fresh {
		if _, ok := n.stored[k]; !ok {
			missing++
		}
	}
	if missing == 0 {
		return n.assign(fresh, nil)
	}
	if _, err := nextID(ctx, tx, "name", 0); err != nil {
		return err
	}
	if err := n.refresh(ctx, tx); err != nil {
		return err
	}
	next, err := nextID(ctx, tx, "name", missing)
	if err != nil {
		return err
	}
	b := newBulk(ctx, tx, n.dialect, "name", "distributor_id", "id", "kind", "role", "disclosure", "site", "code", "name", "place", "checksum")
	err = n.assign(fresh, func(k nameKey) (int64, error) {
		id := next
		next++
		if k.kind != nameText {
			n.stored[k] = id
		}
		return id, b.add(int64(n.distributor), id, int64(k.kind), int64(k.role), int64(k.disclosure), k.site, k.code, k.name, k.place, k.checksum())
	})
	if err != nil {
		return err
	}
	return b.end()
}

func (n *nameIDs) assign(fresh []nameKey, create func(nameKey) (int64, error)) error {
	for _, k := range fresh {
		id, ok := n.stored[k]
		if !ok {
			var err error
			if id, err = create(k); err != nil {
				return err
			}
		}
		n.ids = append(n.ids, id)
	}
	return nil
}
