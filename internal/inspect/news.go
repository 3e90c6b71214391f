package inspect

import (
	"slices"

	"honne"
	"honne/internal/measure"
)

// news gathers what is new since a day.
type news struct {
	r     *honne.Record
	since honne.Date
	out   []honne.News
}

// newsOf is how many files, and how many months, are told one by one.
const newsOf = 4

// News lists what has become known of a partner after a day, by receipt: before is the
// picture as it was known on that day. Days of promises and reasons are their own. Our
// own side stands before theirs.
func News(r *honne.Record, before, now honne.Picture, since honne.Date) []honne.News {
	n := &news{r: r, since: since}
	n.came()
	n.months()
	n.changed()
	n.signs(before, now)
	n.promises(honne.Ours, now.AsOf)
	n.promises(honne.Theirs, now.AsOf)
	n.reasons()
	return n.out
}

func (n *news) tell(x honne.News) { n.out = append(n.out, x) }

// came tells of the partner's files, the last first.
func (n *news) came() {
	var files []honne.Delivery
	for _, d := range slices.Backward(n.r.Deliveries) {
		if d.From == honne.Theirs && d.Receipt.Day() > n.since && !slices.ContainsFunc(files, func(x honne.Delivery) bool { return x.File == d.File }) {
			files = append(files, d)
		}
	}
	for _, d := range files[:min(newsOf, len(files))] {
		n.tell(honne.News{Sort: honne.NewsCame, File: d.File, What: honne.Say("news.came", honne.Text("file", d.Path)), Note: honne.Say("news.came.on", honne.Day("day", d.Receipt.Day()))})
	}
	if more := len(files) - newsOf; more > 0 {
		n.tell(honne.News{Sort: honne.NewsCame, What: honne.Say("news.came.more", honne.Count("n", more)), Note: honne.Say("news.came.before")})
	}
}

// months tells of months of sales of which nothing was known before, the last first.
func (n *news) months() {
	told := 0
	for _, t := range slices.Backward(measure.Monthly(n.r, honne.Sales).Months) {
		if told == newsOf || !t.Amount.Known || n.known(t.Month) {
			continue
		}
		told++
		n.tell(honne.News{Sort: honne.NewsFigures, Series: honne.Sales, Month: t.Month,
			What: honne.Say("news.month", honne.InMonth("month", t.Month)), Note: honne.Say("news.month.now", n.money("now", t.Amount))})
	}
}

// known reports whether sales of a month were reported by the day.
func (n *news) known(m honne.Month) bool {
	return slices.ContainsFunc(n.r.Deliveries, func(d honne.Delivery) bool {
		return d.Series == honne.Sales && d.Receipt.Day() <= n.since && slices.Contains(months(&d), m)
	})
}

func (n *news) money(name string, f honne.Figure) honne.Arg {
	return honne.Amount(name, honne.Money{Minor: f.N, Currency: n.r.Currency})
}

// changed tells of months of sales that were reported otherwise before, the last first.
func (n *news) changed() {
	by := map[honne.Month]int64{}
	for _, c := range n.r.Changes {
		if m, ok := c.Period.Bucket(); ok && c.Series == honne.Sales && c.Reason != honne.ReasonAdded && c.Before.Amount.Known && c.After.Amount.Known && c.Received.Day() > n.since {
			by[m] += c.After.Amount.N - c.Before.Amount.N
		}
	}
	told := 0
	for _, t := range slices.Backward(measure.Monthly(n.r, honne.Sales).Months) {
		by := by[t.Month]
		if told == newsOf || by == 0 || !t.Amount.Known || !n.known(t.Month) {
			continue
		}
		told++
		n.tell(honne.News{Sort: honne.NewsFigures, Series: honne.Sales, Month: t.Month,
			What: honne.Say("news.changed", honne.InMonth("month", t.Month)),
			Note: honne.Say("news.changed.to", n.money("before", honne.Known(t.Amount.N-by)), n.money("now", t.Amount))})
	}
}

// signs tells which stand on another level than they did; nothing where nothing was known.
func (n *news) signs(before, now honne.Picture) {
	began := slices.ContainsFunc(n.r.Deliveries, func(d honne.Delivery) bool { return d.Receipt.Day() <= n.since })
	for _, s := range now.Signs {
		i := slices.IndexFunc(before.Signs, func(x honne.Sign) bool { return x.ID == s.ID })
		if !began || i < 0 || before.Signs[i].Level == s.Level {
			continue
		}
		n.tell(honne.News{Sort: honne.NewsSign, Sign: s.ID, Level: s.Level,
			What: honne.Say("sign." + s.ID.Slug), Note: honne.Say("news.sign.from", honne.Word("from", "band."+string(before.Signs[i].Level)))})
	}
}

// promises counts what one side promised, kept and let pass since the day. What nobody
// confirmed is no promise yet.
func (n *news) promises(side honne.Side, today honne.Date) {
	made, kept, past := 0, 0, 0
	for _, p := range n.r.Promises {
		if p.By != side || !p.Confirmed {
			continue
		}
		if p.Made > n.since {
			made++
		}
		switch {
		case p.Outcome == honne.PromiseKept && p.Done > n.since && p.Done <= today:
			kept++
		case p.Outcome != honne.PromiseKept && p.Outcome != honne.PromiseDropped && p.Due > n.since && p.Due < today:
			past++
		}
	}
	if made+kept+past > 0 {
		n.tell(honne.News{Sort: honne.NewsPromises, What: honne.Say("news.promises." + string(side)),
			Note: honne.Say("news.promises", honne.Count("made", made), honne.Count("kept", kept), honne.Count("past", past))})
	}
}

// reasons counts those that were given since the day, and those that nobody confirmed.
func (n *news) reasons() {
	count, open := 0, 0
	for _, s := range n.r.Said {
		if s.On > n.since {
			count++
			if !s.Confirmed {
				open++
			}
		}
	}
	if count > 0 {
		n.tell(honne.News{Sort: honne.NewsReasons, What: honne.Say("news.reasons"), Note: honne.Say("news.reasons.n", honne.Count("n", count), honne.Count("open", open))})
	}
}
