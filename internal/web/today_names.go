package web

import (
	"fmt"
	"sync"

	"honne"
	"honne/internal/auth"
	"honne/internal/store"
)

// namesKept keeps how many names of each partner wait for a decision, until something is
// added to what they were found in.
type namesKept struct {
	mu sync.Mutex
	of map[honne.DistributorID]countedNames
}

type countedNames struct {
	mark store.Mark
	n    int
}

// namesToDecide counts the questions on the page of a partner's names; 0 for who may not
// answer them.
func (v *visit) namesToDecide(d honne.Distributor) (int, error) {
	if !v.may(auth.Write, auth.Figures) {
		return 0, nil
	}
	mark, err := v.app.Store.Mark(v.Context(), d.ID)
	if err != nil {
		return 0, fmt.Errorf("web: count names of %s: %w", d.Slug, err)
	}
	kept := &v.app.names
	kept.mu.Lock()
	defer kept.mu.Unlock()
	if x, ok := kept.of[d.ID]; ok && x.mark == mark {
		return x.n, nil
	}
	n, err := v.countNames(d)
	if err == nil {
		if kept.of == nil {
			kept.of = map[honne.DistributorID]countedNames{}
		}
		kept.of[d.ID] = countedNames{mark, n}
	}
	return n, err
}

func (v *visit) countNames(d honne.Distributor) (int, error) {
	questions, err := v.app.Store.NameQuestions(v.Context(), d.ID)
	if err != nil {
		return 0, fmt.Errorf("web: questions on names: %w", err)
	}
	rec, err := v.recordAt(d, honne.AsOf{}) // what waits does so today
	if err != nil {
		return 0, err
	}
	off, err := v.app.Store.OffList(v.Context(), d.ID, rec.Products)
	if err != nil {
		return 0, fmt.Errorf("web: hold products against our list: %w", err)
	}
	return len(questions) + len(off), nil
}

// waitingNames is one line where names of a partner wait for a decision.
func (v *visit) waitingNames(d honne.Distributor, n int) []TodayItem {
	if n == 0 {
		return nil
	}
	return []TodayItem{{What: v.name(d), Why: title(v.t("today.part.names", honne.Count("n", n))), Action: v.t("today.decide"), Href: base(d) + "/names"}}
}
