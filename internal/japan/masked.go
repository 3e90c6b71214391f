package japan

import "strings"

// Masked reports whether a cell says that its figure is blank, withheld or not
// to be had, as opposed to being unreadable: nothing at all, dashes, asterisks,
// dots, X, ×, hash signs, n/a, 非公開, 非開示, 秘匿 and the like. Such a figure is
// unknown, never zero. Source: domain 2.12 (small cells masked), command-line.md.
func Masked(s string) bool {
	if len(s) > 36 {
		return false
	}
	t := Key(s)
	if strings.Trim(t, "-") == "" || t == "×" {
		return true
	}
	if strings.Trim(t, t[:1]) == "" && strings.Contains("*.x#", t[:1]) {
		return true
	}
	if strings.Trim(t, "・") == "" {
		return true
	}
	t = strings.Trim(t, "()[]")
	switch t {
	case "", "-", "*", "n/a", "n.a.", "n.a", "na", "#n/a", "null", "x",
		"非公開", "非開示", "秘匿", "未公表", "非公表", "不明", "該当なし", "未集計", "未確定":
		return true
	}
	return false
}
