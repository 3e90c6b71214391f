package playbook_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"honne/internal/playbook"
	"honne/playbooks"
)

// FuzzLoad: no content of any file makes Load or Test panic, and what loads can
// be asked.
func FuzzLoad(f *testing.F) {
	names := []string{"playbook.yaml", "columns.yaml", "measures.yaml", "signs.yaml", "overall.yaml", "questions.yaml", "tests/bands.yaml", "lists.yaml"}
	for i, name := range names {
		data, err := fs.ReadFile(playbooks.FS, "japan/"+name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(i, data[:min(len(data), 2000)])
	}
	for _, c := range wrong {
		f.Add(4, []byte(c.content))
	}
	f.Add(2, []byte("measures: [{measure: growth, watch: &a {not: *a}}]\n"))
	f.Fuzz(func(t *testing.T, which int, data []byte) {
		name := names[uint(which)%uint(len(names))]
		files := fstest.MapFS{"house/playbook.yaml": {Data: []byte(head)}}
		files["house/"+name] = &fstest.MapFile{Data: data}
		playbook.Test(files, "house")
		p, err := playbook.Load(files, "house")
		if err != nil {
			return
		}
		p.Column("売上金額")
		p.Kind("売上")
		p.Lists.Activity("訪問・デモ tel " + string(data[:min(len(data), 60)]))
		p.Lists.Function("営業部 QA")
		for _, m := range p.Measures {
			playbook.Judge(m.Watch, m.High, facts)
			m.Watch.Say(nil)
		}
	})
}
