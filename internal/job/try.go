package job

import (
	"fmt"

	"honne"
	"honne/internal/inspect"
	"honne/internal/playbook"
	"honne/playbooks"
)

// TryBook loads the playbook of Japan with some of its files as they would be, to
// try it on the past and keep nothing. A *honne.Invalid names the files that it has
// not, or every fault with its line.
func (w *Works) TryBook(files map[string][]byte) (*playbook.Playbook, error) {
	const id = "japan"
	changed := playbook.Changed{FS: playbooks.FS, Files: files}
	strange, err := changed.Strange(id)
	if err != nil {
		return nil, fmt.Errorf("job: try a playbook: %w", err)
	}
	if len(strange) > 0 {
		return nil, &honne.Invalid{Field: "files", What: honne.Say("trial.bad.name", honne.List("names", strange))}
	}
	book, err := playbook.Load(changed, id)
	if err == nil {
		err = inspect.Check(book)
	}
	if err != nil {
		return nil, &honne.Invalid{Field: "files", What: honne.Say("trial.bad.content", honne.Text("why", err.Error()))}
	}
	return book, nil
}
