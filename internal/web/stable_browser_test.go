//go:build unix

package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/xuri/excelize/v2"

	"honne"
	"honne/internal/honnetest"
	"honne/internal/intake"
	"honne/internal/playbook"
	"honne/internal/sample"
)

// Line 14 of ux 7: nothing moves after it was painted, what is largest is there
// soon on a slow line, and the server makes a page in a moment, with many partners
// of five years. In the quick part they are three of two years; the limits of time are only
// asserted of the long part, for a busy machine keeps no time.
func TestProofPagesAreStillAndSoon(t *testing.T) {
	partners, months := 3, 24
	if honnetest.Long() {
		partners, months = 50, 60
	}
	h := newHouse(t)
	b := h.tab(t, browser(t))
	b.register()
	slugs := h.fillWith(partners, months)
	if _, err := chromedp.Run(b.ctx, slowLine()); err != nil {
		t.Fatal(err)
	}
	h.signIn("k@nordhaven.example")
	for _, path := range []string{"/", "/portfolio", "/distributors/" + slugs[0]} {
		t.Run(path, func(t *testing.T) {
			used := h.served(path)
			p := b.painted(path)
			if p.Shift > 0.02 {
				t.Errorf("what was painted moved by %.3f: %v", p.Shift, p.Moved)
			}
			if honnetest.Long() && (used > 200*time.Millisecond || p.Largest > 1500) {
				t.Errorf("the server takes %v, the largest is there after %.0f ms", used, p.Largest)
			}
			honnetest.Held(t, "still and soon", "%s with %d partners and %d months: shift %.3f (0.02), largest paint %.0f ms (1500), server %d ms of CPU (200)",
				path, partners, months, p.Shift, p.Largest, used.Milliseconds())
		})
	}
}

// Line 14 of ux 7: a workbook of 5,000 rows stands at the check within five seconds of
// its being sent; of a busy machine the time on the processor is held to that.
func TestProofLargeFileReachesCheck(t *testing.T) {
	const rows = 5000
	f := excelize.NewFile()
	w, err := f.NewStreamWriter("Sheet1")
	if err != nil {
		t.Fatal(err)
	}
	err = w.SetRow("A1", []any{"年月", "施設区分", "施設名", "品番", "品名", "数量", "金額（円）", "備考"})
	for i := range rows {
		err = errors.Join(err, w.SetRow(fmt.Sprintf("A%d", i+2), []any{"令和8年4月", "公立病院", fmt.Sprintf("第%d病院", i%400), fmt.Sprintf("NS-%d", 1000+i%60), "ステープラー", i%97 + 1, (i%97 + 1) * 12500, ""}))
	}
	err = errors.Join(err, w.Flush())
	out, wrote := f.WriteToBuffer()
	if err := errors.Join(err, wrote); err != nil {
		t.Fatal(err)
	}
	h := newHouse(t)
	h.settle()
	h.post("/distributors/new", "name", "Miyako Medical", "starts", "4")
	used, begun := processorTime(t), time.Now()
	file := h.upload("miyako-medical", map[string]string{"売上.xlsx": out.String()}).header.Get("Location")
	h.holds(file, "Accept 5,000 lines")
	took := time.Since(begun)
	if used = processorTime(t) - used; used > 5*time.Second || honnetest.Long() && took > 5*time.Second {
		t.Errorf("5,000 rows reach the check in %v, %v of the processor", took, used)
	}
	honnetest.Held(t, "soon at the check", "5,000 rows in %d ms (5000), %d ms of CPU", took.Milliseconds(), used.Milliseconds())
}

// served returns the least CPU that the whole process took for the page.
func (h *house) served(path string) time.Duration {
	h.t.Helper()
	least := time.Hour
	for range 4 {
		before := processorTime(h.t)
		if a := h.get(path); a.status != 200 {
			h.t.Fatalf("%s: %d", path, a.status)
		}
		least = min(least, processorTime(h.t)-before)
	}
	return least
}

func processorTime(t testing.TB) time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// slowLine is slow 4G, as browsers' own tools have it: 1.6 Mbit/s down, 750 kbit/s
// up, 150 ms each way and back.
func slowLine() chromedp.Action[chromedp.Void] {
	return func(ctx context.Context, _ *chromedp.Target) (chromedp.Void, error) {
		_, err := chromedp.Call(ctx, network.EmulateNetworkConditionsByRule, network.EmulateNetworkConditionsByRuleParams{
			MatchedNetworkConditions: []*network.Conditions{{Latency: 150, DownloadThroughput: 1.6e6 / 8, UploadThroughput: 750e3 / 8}}})
		return chromedp.Void{}, err
	}
}

// painted says how a page was painted: what moved without a person's doing, and
// after how many milliseconds the largest was there.
type painted struct {
	Shift, Largest float64
	Moved          []string
}

// measurePaint waits until the page and its fonts are there, and half a second.
const measurePaint = `(async () => {
  const out = { Shift: 0, Largest: 0, Moved: [] };
  new PerformanceObserver(l => { for (const e of l.getEntries()) if (!e.hadRecentInput) {
    out.Shift += e.value;
    for (const s of e.sources) out.Moved.push(s.node ? s.node.nodeName + "." + s.node.className + " " + (s.node.textContent || "").slice(0, 30) : "?");
  } }).observe({ type: "layout-shift", buffered: true });
  new PerformanceObserver(l => { for (const e of l.getEntries()) out.Largest = e.startTime; }).observe({ type: "largest-contentful-paint", buffered: true });
  if (document.readyState !== "complete") await new Promise(done => addEventListener("load", done));
  await document.fonts.ready;
  await new Promise(done => setTimeout(done, 500));
  return out;
})()`

func (b *tab) painted(path string) painted {
	b.Helper()
	b.open(path)
	p, err := chromedp.Run(b.ctx, chromedp.Evaluate[painted](measurePaint, chromedp.EvalAwaitPromise))
	if err != nil || p.Largest == 0 {
		b.Fatalf("%s: nothing was painted: %v", path, err)
	}
	return p
}

// toldFile is a file of a sample as it was read.
type toldFile struct {
	honne.Reading
	at    honne.Receipt
	lines []honne.Line
}

// fillWith takes in the sample folders once, and gives their reports to many
// partners; it returns their slugs.
func (h *house) fillWith(partners, months int) (slugs []string) {
	h.t.Helper()
	all, err := sample.All(sample.Size{Months: months, Customers: 40, Products: 12})
	if err != nil {
		h.t.Fatal(err)
	}
	for k, s := range all {
		profile, files := h.readSample(s)
		for n := k; n < partners; n += len(all) {
			profile.Name = fmt.Sprintf("%s %d", strings.Fields(profile.Name)[0], n)
			d, err := h.works.Store.AddDistributor(h.t.Context(), profile, false)
			if err != nil {
				h.t.Fatal(err)
			}
			slugs = append(slugs, d.Slug)
			for i, f := range files {
				f.SHA256 = fmt.Sprint(i, f.SHA256) // the same bytes may come twice
				h.tell(d.ID, f)
			}
		}
	}
	return slugs
}

func (h *house) readSample(s sample.Distributor) (honne.Profile, []toldFile) {
	h.t.Helper()
	var folder playbook.Folder
	var out []toldFile
	for _, file := range s.Files {
		if file.Path != "distributor.yaml" {
			continue
		}
		var err error
		if folder, err = playbook.ReadProfile(file.Bytes, file.Path); err != nil {
			h.t.Fatal(err)
		}
	}
	for _, file := range s.Files {
		f := honne.File{Name: file.Path, Size: int64(len(file.Bytes)), Bytes: bytes.NewReader(file.Bytes)}
		r, err := intake.Read(h.t.Context(), f, h.works.Playbook, honne.Memory{})
		if err != nil {
			h.t.Fatal(err)
		}
		if len(r.Parts) == 0 {
			continue // mail, and what is no report
		}
		one := toldFile{Reading: r, at: honne.Receipt{At: folder.Received[file.Path].At(12, 0), Basis: honne.Stated}}
		for l, err := range r.Lines {
			if err != nil {
				h.t.Fatal(err)
			}
			one.lines = append(one.lines, l)
		}
		out = append(out, one)
	}
	if len(out) < 24 {
		h.t.Fatalf("%s: %d reports", s.Slug, len(out))
	}
	return folder.Profile, out
}

func (h *house) tell(d honne.DistributorID, f toldFile) {
	h.t.Helper()
	ctx := h.t.Context()
	id, err := h.works.Store.AddFile(ctx, honne.StoredFile{Distributor: d, Path: f.File, SHA256: f.SHA256, Receipt: f.at})
	if err == nil {
		_, err = h.works.Store.Stage(ctx, id, f.Parts, func(yield func(honne.Line, error) bool) {
			for _, l := range f.lines {
				if !yield(l, nil) {
					return
				}
			}
		})
	}
	if err == nil {
		err = h.works.Store.Accept(ctx, 0, id)
	}
	if err != nil {
		h.t.Fatal(err)
	}
}
