package store

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"
	mixed "math/rand/v2"
	"slices"

	"honne"
)

// VoiceKey is a key of an audit: of one interviewer, or, with Owner 0, the
// audit's own. See vault.Key.
type VoiceKey struct {
	Audit     int
	Owner     honne.UserID
	Recipient string
	Wrapped   string
	Forget    honne.Date // the day it is destroyed; 0 while nothing of the audit was reported
}

func (k *VoiceKey) fields() []any {
	return []any{&k.Audit, &k.Owner, &k.Recipient, &k.Wrapped, &k.Forget}
}

// Voice is what somebody said off the record, sealed. It has no name and no day;
// its id says nothing of the order.
type Voice struct {
	ID          string
	Distributor honne.DistributorID
	Audit       int
	Owner       honne.UserID // the interviewer
	Quarter     honne.Date   // its first day; nothing finer is kept anywhere
	Text        string       // sealed to the interviewer's key
	Readings    string       // sealed to the audit's key
}

func (v *Voice) fields() []any {
	return []any{&v.ID, &v.Distributor, &v.Audit, &v.Owner, &v.Quarter, &v.Text, &v.Readings}
}

// AddVoiceKey keeps a new key; honne.ErrConflict when there is one.
func (s *Store) AddVoiceKey(ctx context.Context, k VoiceKey) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		res, err := tx.ExecContext(ctx, `INSERT INTO voice_key (audit, owner, recipient, wrapped, forget) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (audit, owner) DO NOTHING`, k.Audit, int64(k.Owner), k.Recipient, k.Wrapped, int64(k.Forget))
		if err != nil {
			return err
		}
		if n, err := res.RowsAffected(); err != nil || n != 1 {
			return honne.ErrConflict
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store: key of audit %d: %w", k.Audit, err)
	}
	return nil
}

// RewrapVoiceKey puts a key under another passphrase; the one before leaves no
// byte behind.
func (s *Store) RewrapVoiceKey(ctx context.Context, k VoiceKey) error {
	err := s.shred(ctx, func(tx *sql.Tx) error {
		return changeOne(ctx, tx, `UPDATE voice_key SET wrapped = $1 WHERE audit = $2 AND owner = $3 AND recipient = $4`,
			k.Wrapped, k.Audit, int64(k.Owner), k.Recipient)
	})
	if err != nil {
		return fmt.Errorf("store: key of audit %d: %w", k.Audit, err)
	}
	return nil
}

// VoiceKey returns a key; honne.ErrNotFound when there is none, or none any more.
func (s *Store) VoiceKey(ctx context.Context, audit int, owner honne.UserID) (VoiceKey, error) {
	k, err := one(ctx, s.read, (*VoiceKey).fields, `SELECT audit, owner, recipient, wrapped, forget FROM voice_key WHERE audit = $1 AND owner = $2`,
		audit, int64(owner))
	if err != nil {
		return k, fmt.Errorf("store: key of audit %d: %w", audit, err)
	}
	return k, nil
}

// AddVoice keeps what somebody said, and gives it its id.
func (s *Store) AddVoice(ctx context.Context, v Voice) (string, error) {
	v.ID = rand.Text()
	err := s.changeVoices(ctx, func(_ *sql.Tx, all []Voice) ([]Voice, error) { return append(all, v), nil })
	if err != nil {
		return "", fmt.Errorf("store: keep what was said in audit %d: %w", v.Audit, err)
	}
	return v.ID, nil
}

// changeVoices puts in the place of all that was said what change makes of it.
// Where a row lies in the files of a database, and by which transaction it was
// written, would tell the order of entry; so all of them are written anew each
// time, in an order of chance, and what lay there is wiped.
func (s *Store) changeVoices(ctx context.Context, change func(tx *sql.Tx, all []Voice) ([]Voice, error)) error {
	return s.shred(ctx, func(tx *sql.Tx) error {
		// The counter's lock keeps a second writer out.
		if _, err := nextID(ctx, tx, "voice", 0); err != nil {
			return err
		}
		all, err := collect(ctx, tx, (*Voice).fields, `SELECT id, distributor_id, audit, owner, quarter, text, readings FROM voice ORDER BY id`)
		if err == nil {
			all, err = change(tx, all)
		}
		if err == nil {
			_, err = tx.ExecContext(ctx, `DELETE FROM voice`)
		}
		mixed.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		for _, v := range all {
			if err == nil {
				_, err = tx.ExecContext(ctx, `INSERT INTO voice (id, distributor_id, audit, owner, quarter, text, readings) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
					v.ID, int64(v.Distributor), v.Audit, int64(v.Owner), int64(v.Quarter), v.Text, v.Readings)
			}
		}
		return err
	})
}

// Voices lists what was said in an audit, in an order that says nothing.
func (s *Store) Voices(ctx context.Context, audit int) ([]Voice, error) {
	list, err := collect(ctx, s.read, (*Voice).fields, `SELECT id, distributor_id, audit, owner, quarter, text, readings FROM voice WHERE audit = $1 ORDER BY id`, audit)
	if err != nil {
		return nil, fmt.Errorf("store: what was said in audit %d: %w", audit, err)
	}
	return list, nil
}

// EditVoice replaces the text of what somebody said, and its readings unless they
// are ""; honne.ErrNotFound when it is not the interviewer's.
func (s *Store) EditVoice(ctx context.Context, v Voice) error {
	err := s.changeVoices(ctx, func(_ *sql.Tx, all []Voice) ([]Voice, error) {
		i := slices.IndexFunc(all, func(x Voice) bool { return x.ID == v.ID && x.Audit == v.Audit && x.Owner == v.Owner })
		if i < 0 {
			return nil, honne.ErrNotFound
		}
		all[i].Text, all[i].Readings = v.Text, cmp.Or(v.Readings, all[i].Readings)
		return all, nil
	})
	if err != nil {
		return fmt.Errorf("store: edit what was said in audit %d: %w", v.Audit, err)
	}
	return nil
}

// Resealed are readings of a voice as they were read, and as they are sealed
// anew.
type Resealed struct{ Voice, From, To string }

// Release keeps what an audit may show of its voices together with all its
// readings sealed anew, those that counted marked: all or none. honne.ErrConflict
// when a voice was changed or removed meanwhile.
func (s *Store) Release(ctx context.Context, audit int, list []honne.Entry[honne.Released], readings []Resealed) error {
	err := s.changeVoices(ctx, func(tx *sql.Tx, all []Voice) ([]Voice, error) {
		for _, e := range list {
			if _, err := enter(ctx, s, tx, e); err != nil {
				return nil, err
			}
		}
		for _, r := range readings {
			i := slices.IndexFunc(all, func(x Voice) bool { return x.ID == r.Voice && x.Audit == audit && x.Readings == r.From })
			if i < 0 {
				return nil, honne.ErrConflict
			}
			all[i].Readings = r.To
		}
		return all, nil
	})
	if err != nil {
		return fmt.Errorf("store: release the voices of audit %d: %w", audit, err)
	}
	return nil
}

// RemoveVoice removes what somebody said to an interviewer; honne.ErrNotFound
// when it is not theirs.
func (s *Store) RemoveVoice(ctx context.Context, owner honne.UserID, id string) error {
	err := s.changeVoices(ctx, func(_ *sql.Tx, all []Voice) ([]Voice, error) {
		left := slices.DeleteFunc(slices.Clone(all), func(x Voice) bool { return x.ID == id && x.Owner == owner })
		if len(left) == len(all) {
			return nil, honne.ErrNotFound
		}
		return left, nil
	})
	if err != nil {
		return fmt.Errorf("store: remove what was said: %w", err)
	}
	return nil
}

// PutOnRecord makes an interview on the record of what somebody said to an
// interviewer off it, and removes the note: both or neither. honne.ErrNotFound
// when the note is not theirs.
func (s *Store) PutOnRecord(ctx context.Context, owner honne.UserID, id string, e honne.Entry[honne.Interview]) (honne.Entry[honne.Interview], error) {
	err := s.changeVoices(ctx, func(tx *sql.Tx, all []Voice) (left []Voice, err error) {
		left = slices.DeleteFunc(slices.Clone(all), func(x Voice) bool { return x.ID == id && x.Owner == owner && x.Audit == e.Body.Audit })
		if len(left) == len(all) {
			return nil, honne.ErrNotFound
		}
		e, err = enter(ctx, s, tx, e)
		return left, err
	})
	if err != nil {
		return e, fmt.Errorf("store: put on record what was said: %w", err)
	}
	return e, nil
}

// KeyedAudits returns the audits that have keys, with the day on which those are
// destroyed, 0 while none is set; where they differ, the latest.
func (s *Store) KeyedAudits(ctx context.Context) (map[int]honne.Date, error) {
	type row struct {
		audit int
		day   honne.Date
	}
	list, err := collect(ctx, s.read, func(r *row) []any { return []any{&r.audit, &r.day} }, `SELECT audit, max(forget) FROM voice_key GROUP BY audit`)
	if err != nil {
		return nil, fmt.Errorf("store: audits with keys: %w", err)
	}
	out := map[int]honne.Date{}
	for _, r := range list {
		out[r.audit] = r.day
	}
	return out, nil
}

// ForgetVoicesOn sets the day on which the keys of an audit are destroyed.
func (s *Store) ForgetVoicesOn(ctx context.Context, audit int, day honne.Date) error {
	err := s.inTx(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE voice_key SET forget = $1 WHERE audit = $2 AND forget <> $1`, int64(day), audit)
		return err
	})
	if err != nil {
		return fmt.Errorf("store: day to forget audit %d: %w", audit, err)
	}
	return nil
}

// ForgetVoices destroys the keys whose day has come, and what they opened, and keys
// that were lent and have ended. What backups hold of it opens no more.
func (s *Store) ForgetVoices(ctx context.Context, today honne.Date) error {
	err := s.changeVoices(ctx, func(tx *sql.Tx, all []Voice) ([]Voice, error) {
		const due = `SELECT audit FROM voice_key WHERE forget > 0 AND forget <= $1`
		audits, err := collect(ctx, tx, func(a *int) []any { return []any{a} }, due, int64(today))
		if err == nil {
			_, err = tx.ExecContext(ctx, endedLent, micros(s.now()))
		}
		for _, q := range []string{`DELETE FROM voice_lent WHERE audit IN (` + due + `)`, `DELETE FROM voice_key WHERE forget > 0 AND forget <= $1`} {
			if err == nil {
				_, err = tx.ExecContext(ctx, q, int64(today))
			}
		}
		return slices.DeleteFunc(all, func(v Voice) bool { return slices.Contains(audits, v.Audit) }), err
	})
	if err != nil {
		return fmt.Errorf("store: forget voices: %w", err)
	}
	return nil
}
