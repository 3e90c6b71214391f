package job

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"honne"
	"honne/internal/intake"
)

// Deliver keeps a message that came by itself: its bytes reach the vault, then
// it is a file of every partner whose domains it names, of two of both. What
// comes to a drop address is taken whole: where no partner's domains stand in
// its head, those of the messages that it hands on decide, and where none do it
// waits for a person, with its sender. The files that it became wait for Read.
func (w *Works) Deliver(ctx context.Context, message io.Reader, partners []honne.Distributor, drop bool) (ids []honne.FileID, err error) {
	sum, _, err := w.Vault.Put(ctx, message)
	if err == nil {
		ids, err = w.deliver(ctx, sum, partners, drop)
	}
	if err != nil {
		return nil, fmt.Errorf("job: deliver a message: %w", err)
	}
	return ids, nil
}

func (w *Works) deliver(ctx context.Context, sum string, partners []honne.Distributor, drop bool) (ids []honne.FileID, err error) {
	bytes, size, err := w.Vault.Open(ctx, sum)
	if err != nil {
		return nil, err
	}
	defer bytes.Close()
	d, err := intake.ReadDelivery(ctx, honne.File{Size: size, Bytes: bytes})
	if err != nil {
		return nil, err
	}
	to := addressees(partners, d.With)
	if len(to) == 0 && drop {
		to = addressees(partners, d.HandsOn)
	}
	if len(to) == 0 && drop {
		return nil, w.Store.AddStray(ctx, honne.Stray{SHA256: sum, Name: d.Name, Size: size, Sender: d.Sender, Receipt: d.Receipt})
	}
	for _, p := range to {
		id, err := w.enter(ctx, Arrival{Distributor: p.ID, Name: d.Name, Receipt: d.Receipt, Whole: drop}, sum, size)
		if err != nil {
			return ids, err
		}
		ids = append(ids, id)
	}
	if drop {
		err = w.Store.SettleStray(ctx, sum) // it waited, until its partner's domains were stated
	}
	return ids, err
}

// addressees are the partners whose domains something names. A sample is nobody.
func addressees(partners []honne.Distributor, named func(honne.Domains) bool) (out []honne.Distributor) {
	for _, p := range partners {
		if !p.Sample && len(p.Profile.Domains) > 0 && named(domainsOf(p)) {
			out = append(out, p)
		}
	}
	return out
}

func domainsOf(p honne.Distributor) honne.Domains {
	return honne.Domains{Ours: p.Profile.OurDomains, Theirs: p.Profile.Domains}
}

// Give makes a message of a drop address whose partner a person knows a file of
// that partner, which waits for Read; honne.ErrNotFound when it does not wait.
func (w *Works) Give(ctx context.Context, sum string, to honne.DistributorID, by honne.UserID) (honne.FileID, error) {
	m, err := w.Store.Stray(ctx, sum)
	var id honne.FileID
	if err == nil {
		id, err = w.enter(ctx, Arrival{Distributor: to, Name: m.Name, Receipt: m.Receipt, Whole: true, By: by}, m.SHA256, m.Size)
	}
	if same := (*honne.Duplicate)(nil); errors.As(err, &same) {
		id, err = same.Of, nil
	}
	if err == nil {
		err = w.Store.SettleStray(ctx, sum)
	}
	if err != nil {
		return 0, fmt.Errorf("job: give %s to distributor %d: %w", path.Base(strings.TrimSpace(m.Name)), to, err)
	}
	return id, nil
}
