package intake

import (
	"path"
	"strings"
	"time"

	"honne"
	"honne/internal/japan"
	"honne/internal/playbook"
)

// ReceivedByName is what the name of a file says of its receipt: a day or a
// month in it is a lower bound, the last day of the period in Japan, and the
// first one for what speaks of the months ahead or of more than a month; never
// the file system's clock. Names in UTF-8, folders before /.
func ReceivedByName(name string, p *playbook.Playbook) honne.Receipt {
	stem := strings.TrimSuffix(path.Base(name), path.Ext(name))
	period, ok := japan.FindPeriod(stem)
	switch {
	case !ok:
		return honne.Receipt{Basis: honne.ByLoad}
	case aboutComing(p.Kind(stem)) || period.To-period.From > 40:
		return honne.Receipt{At: Later(period.From.At(0, 0), name), Basis: honne.ByName}
	}
	return honne.Receipt{At: Later(period.To.At(23, 0), name), Basis: honne.ByName}
}

// aboutComing reports whether a file of that kind speaks of the months ahead.
func aboutComing(s honne.Series) bool {
	return s == honne.Forecast || s == honne.Plan || s == honne.Target || s == honne.Proposed
}

// receivedInside is what is known of the receipt of a file within another: that
// of the file around it; where that is no more than a bound, the later bound.
func receivedInside(around honne.Receipt, name string, p *playbook.Playbook) honne.Receipt {
	if !around.At.IsZero() {
		around.At = Later(around.At, name)
	}
	if own := ReceivedByName(name, p); !around.Exact() && own.At.After(around.At) {
		return own
	}
	return around
}

// Later moves the receipt of a correction behind that of the report it corrects, and of
// a preliminary one before it, a millisecond for each edition: files of one moment, a
// mail or an upload, stand in the order that their names say.
func Later(at time.Time, name string) time.Time {
	_, n := japan.Edition(name)
	return at.Add(time.Duration(n) * time.Millisecond)
}
