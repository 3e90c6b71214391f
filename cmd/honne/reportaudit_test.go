package main

import (
	"bytes"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"honne"
	"honne/internal/bundle"
	"honne/internal/store"
)

// auditedData makes a database with a distributor, two months of sales, and an audit
// that is ready to be shared.
func auditedData(t *testing.T) (data string) {
	t.Helper()
	dir := t.TempDir()
	data = filepath.Join(dir, "data")
	var paths []string
	for name, text := range map[string]string{"売上_202504.csv": "得意先名,品番,数量,金額（千円）\n青葉病院,NS-1,12,\"1,250\"\n緑クリニック,NS-2,3,310\n",
		"売上_202505.csv": "得意先名,品番,数量,金額（千円）\n青葉病院,NS-1,11,\"1,150\"\n緑クリニック,NS-2,3,310\n"} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	if code, _, errOut := command(t, append([]string{"import", "--data", data, "--distributor", "Miyako Medical", "--received", "2025-06-13", "--accept"}, paths...)...); code != 0 {
		t.Fatalf("import: %s", errOut)
	}
	e, _ := testEnv(t)
	a, err := where{Data: data}.open(e, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	d, err := a.store.DistributorByName(t.Context(), "Miyako Medical")
	if err != nil {
		t.Fatal(err)
	}
	day := honne.NewDate(2025, 8, 20)
	x := entered(t, a, d.ID, honne.Audit{Title: "FY2025", From: honne.NewDate(2025, 4, 1), To: honne.NewDate(2025, 7, 31), Known: day, Auditor: honne.Auditor{Name: "Hanako Sato", Kind: honne.AuditorFirm},
		Purpose: honne.Both{EN: "This review is also used when the terms of our business are considered.", JA: "本レビューの結果は、今後のお取引条件の検討にも用います。"}})
	for i, both := range []honne.Both{{EN: "Every visit has its minutes.", JA: "ご訪問のたびに議事録を頂戴しております。"}, {EN: "Records of complaints are complete.", JA: "苦情の記録はすべて整っております。"}} {
		entered(t, a, d.ID, honne.Finding{Audit: x, Dimension: honne.AllDimensions[i].Slug, Kind: honne.FindingStrength, Seen: "seen", Internal: "FRANK", Share: true, Partner: both,
			Evidence: []honne.EvidenceLink{{Kind: "document", Ref: "minutes.docx"}}})
	}
	entered(t, a, d.ID, honne.Finding{Audit: x, Dimension: "trust.transparency", Kind: honne.FindingGap, Cause: honne.CauseOurs, Seen: "no field", Internal: "FRANK", Share: true,
		Partner: honne.Both{EN: "Our form has no field for the site.", JA: "当社の様式に施設名の欄がございません。"}, Ours: honne.Both{EN: "We send a new form by 30 September.", JA: "9月30日（火）までに新しい様式をお届けします。"}})
	entered(t, a, d.ID, honne.Rating{Audit: x, Dimension: "trust.transparency", Score: 1, Grade: honne.GradeA, Because: "FRANK"})
	return data
}

func entered[T honne.Entered](t *testing.T, a *app, d honne.DistributorID, body T) int {
	t.Helper()
	e, err := store.Enter(t.Context(), a.store, honne.Entry[T]{Distributor: d, Body: body, By: 0})
	if err != nil {
		t.Fatal(err)
	}
	return e.Number
}

func command(t *testing.T, args ...string) (code int, out, errOut string) {
	t.Helper()
	var o, e bytes.Buffer
	code = run(t.Context(), args, strings.NewReader(""), &o, &e)
	return code, o.String(), e.String()
}

// TestReportOfAnAudit writes every document of an audit from a database, in each
// form; what the partner gets names neither our words nor our product.
func TestReportOfAnAudit(t *testing.T) {
	data := auditedData(t)
	at := []string{"--data", data, "--distributor", "Miyako Medical", "--as-of", "2025-08-20"}
	for _, kind := range []string{"audit", "plan", "renewal", "dossier", "transition"} {
		for _, form := range []string{"html", "pdf", "xlsx", "json"} {
			code, out, errOut := command(t, append([]string{"report", kind, "--format", form}, at...)...)
			if code != 0 || out == "" || errOut != "" {
				t.Errorf("%s as %s: status %d, %d bytes: %s", kind, form, code, len(out), errOut)
			}
			if form == "html" && kind == "audit" && !strings.Contains(out, "FRANK") {
				t.Error("our own report lacks our own words")
			}
			if form == "html" && kind == "dossier" && (!strings.Contains(out, "売上_202505.csv!D2:D3") || !regexp.MustCompile(`[0-9a-f]{64}`).MatchString(out)) {
				t.Error("the dossier lacks a cell, or the hash of an original")
			}
		}
	}
	for _, l := range []string{"en", "ja"} {
		code, out, errOut := command(t, append([]string{"report", "audit", "--voice", "partner", "--lang", l}, at...)...)
		if code != 0 || strings.Contains(out, "FRANK") || strings.Contains(strings.ToLower(out), "honne") || strings.Contains(out, "Sato") {
			t.Errorf("the partner's review: status %d: %s", code, errOut)
		}
	}
	code, out, errOut := command(t, append([]string{"report", "renewal", "--voice", "partner"}, at...)...)
	if code != 2 || out != "" || !strings.Contains(errOut, "Two people must have signed") {
		t.Errorf("a renewal that nobody signed: status %d: %s", code, errOut)
	}
}

// What a command writes out of a database stands in its history: document, edition,
// language, format; what was refused does not.
func TestReportsAreNoted(t *testing.T) {
	data := auditedData(t)
	at := []string{"--data", data, "--distributor", "Miyako Medical", "--as-of", "2025-08-20"}
	for _, c := range [][]string{{"brief", "--voice", "partner", "--lang", "ja"}, {"picture", "--format", "json"}, {"dossier", "--format", "xlsx"}, {"renewal", "--voice", "partner"}} {
		command(t, append(append([]string{"report"}, c...), at...)...)
	}
	e, _ := testEnv(t)
	a, err := where{Data: data}.open(e, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer a.close()
	list, err := a.store.History(t.Context(), store.Wanted{Verb: store.Exported}, 10)
	var got []string
	for _, x := range list {
		got = append(got, x.Object+": "+x.Detail)
	}
	if want := []string{"/audits/A-001/publish: dossier internal en xlsx command-line", "/distributors/miyako-medical: picture internal en json command-line", "/distributors/miyako-medical/brief: brief partner ja html command-line"}; err != nil || !slices.Equal(got, want) {
		t.Errorf("%q, %v", got, err)
	}
	if code, out, _ := command(t, "verify", "--data", data); code != 0 || !strings.Contains(out, "verified") {
		t.Errorf("verify: %d %s", code, out)
	}
}

// A dossier with its originals is one file, as the page hands it out: each as it
// came, with a manifest that names one that is lost.
func TestDossierWithOriginals(t *testing.T) {
	data := auditedData(t)
	out := filepath.Join(t.TempDir(), "dossier.zip")
	write := func() (*bundle.Reader, string) {
		t.Helper()
		code, _, errOut := command(t, "report", "dossier", "--data", data, "--distributor", "Miyako Medical", "--as-of", "2025-08-20", "--out", out)
		raw, err := os.ReadFile(out)
		if code != 0 || err != nil {
			t.Fatalf("status %d, %v: %s", code, err, errOut)
		}
		b, err := bundle.Open(bytes.NewReader(raw), int64(len(raw)), bundle.DossierKind(), 0)
		if err != nil {
			t.Fatal(err)
		}
		return b, errOut
	}
	b, said := write()
	parts := b.Parts()
	if len(parts) < 2 || parts[0].Name != "A-001-dossier.pdf" || said != "" {
		t.Fatalf("%v %s", parts, said)
	}
	lost := parts[1]
	if err := os.Remove(filepath.Join(data, "vault", lost.SHA256[:2], lost.SHA256)); err != nil {
		t.Fatal(err)
	}
	b, said = write()
	var about struct{ Missing []string }
	if err := b.About(&about); err != nil || !slices.Equal(about.Missing, []string{lost.Name}) || !strings.Contains(said, lost.SHA256) {
		t.Errorf("%v: %q is missing, said %q", err, about.Missing, said)
	}
	if code, _, errOut := command(t, "report", "audit", "--format", "zip", "--data", data, "--distributor", "Miyako Medical"); code != 2 || !strings.Contains(errOut, "zip for a dossier") {
		t.Errorf("an audit as zip: %d %s", code, errOut)
	}
}
