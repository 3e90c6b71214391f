package sample

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"honne"
)

//go:embed audits
var auditFiles embed.FS

// figureSign is where a text of an audit takes a share from the truth.
var figureSign = regexp.MustCompile(`\{([a-z0-9.-]+)\}`)

// audit is the finished audit of a distributor, as people would have written it
// about its files; nil where there is none. Numbers count within it; where an
// action starts is for whoever reads the files.
func audit(t Truth) (*honne.Assessment, error) {
	text, err := auditFiles.ReadFile("audits/" + t.Slug + ".json")
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var missing []string
	filled := figureSign.ReplaceAllFunc(text, func(sign []byte) []byte {
		share, ok := t.Facts[string(sign[1:len(sign)-1])]
		if !ok {
			missing = append(missing, string(sign))
		}
		return fmt.Appendf(nil, "%.1f%%", 100*share)
	})
	if len(missing) > 0 {
		return nil, fmt.Errorf("audit of %s: no fact %s", t.Slug, strings.Join(missing, ", "))
	}
	out := &honne.Assessment{}
	d := json.NewDecoder(bytes.NewReader(filled))
	d.DisallowUnknownFields()
	if err := d.Decode(out); err != nil {
		return nil, fmt.Errorf("audit of %s: %w", t.Slug, err)
	}
	return out, nil
}
