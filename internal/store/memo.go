package store

import (
	"context"
	"crypto/sha256"
	"encoding/binary"
	"sync"

	"honne"
)

// memoNames is how many names are kept of what was found out about names: some
// ten megabytes.
const memoNames = 50_000

// memo keeps what was found out about names, by all that it follows from: a
// distributor's versions in their order, which never change, and the rulings. What
// was used longest ago is dropped first.
type memo[T any] struct {
	mu   sync.Mutex
	kept []memoEntry[T] // the last used at the end
}

type memoEntry[T any] struct {
	key   memoKey
	value T
	names int
}

type memoKey [sha256.Size]byte

// memoKey is what the parties and articles of a ledger follow from.
func (l *ledger) memoKey(ctx context.Context, q querier, at honne.AsOf) (memoKey, error) {
	rulings, err := readRulings(ctx, q, l.distributor, at)
	b := binary.AppendVarint(nil, int64(l.distributor))
	for _, r := range rulings {
		b = binary.AppendVarint(b, r.n)
	}
	b = append(b, 0)
	for _, v := range l.versions {
		b = binary.AppendVarint(b, int64(v.ID))
	}
	return sha256.Sum256(b), err
}

// get returns what is kept, or finds it out and keeps it; names is how many it
// is about. Nobody changes what it returns.
func (m *memo[T]) get(key memoKey, find func() (T, error), names func(T) int) (T, error) {
	if v, ok := m.use(key); ok {
		return v, nil
	}
	v, err := find()
	if err != nil {
		return v, err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept = append(m.kept, memoEntry[T]{key, v, names(v)})
	all := 0
	for i := len(m.kept) - 1; i >= 0; i-- {
		if all += m.kept[i].names; all > memoNames {
			m.kept = append([]memoEntry[T](nil), m.kept[i+1:]...)
			break
		}
	}
	return v, nil
}

func (m *memo[T]) use(key memoKey) (v T, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for i, e := range m.kept {
		if e.key == key {
			copy(m.kept[i:], m.kept[i+1:])
			m.kept[len(m.kept)-1] = e
			return e.value, true
		}
	}
	return v, false
}

// found is what a store keeps of names.
type found struct {
	accounts memo[*accounts]
	articles memo[products]
}

// accountsOf returns the parties of a ledger, as readAccounts does, but not how
// they were found.
func (s *Store) accountsOf(ctx context.Context, q querier, led *ledger, at honne.AsOf) (*accounts, error) {
	key, err := led.memoKey(ctx, q, at)
	if err != nil {
		return nil, err
	}
	return s.found.accounts.get(key, func() (*accounts, error) {
		a, err := readAccounts(ctx, q, led, at)
		if err == nil {
			a.folds = nil
		}
		return a, err
	}, func(a *accounts) int { return len(a.rows) })
}

// articlesOf returns the products of a ledger, as readArticles does, but not how
// they were found.
func (s *Store) articlesOf(ctx context.Context, q querier, led *ledger, at honne.AsOf) (products, error) {
	key, err := led.memoKey(ctx, q, at)
	if err != nil {
		return products{}, err
	}
	return s.found.articles.get(key, func() (products, error) {
		p, err := readArticles(ctx, q, led, at)
		p.folded = nil
		return p, err
	}, func(p products) int { return len(p.rows) })
}
