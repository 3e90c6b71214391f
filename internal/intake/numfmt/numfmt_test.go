package numfmt

import "testing"

func TestOf(t *testing.T) {
	cases := map[string]Show{
		"General": AsNumber, "G/標準": AsNumber, "@": AsNumber, "0.00E+00": AsNumber, `#,##0;[Red]-#,##0`: AsNumber,
		`#,##0"円 /day"`: AsNumber, `[$¥-411]#,##0`: AsNumber, `0\d`: AsNumber, `_(* #,##0_);_(* "-"_d`: AsNumber, `[DBNum1][$-411]General`: AsNumber,
		"yyyy/m/d": AsDate, `yyyy"年"m"月"`: AsDate, "m月d日": AsDate, `[$-411]ge.m.d;@`: AsDate, "mmm-yy": AsDate, "aaa": AsDate, "yyyy/mm/dd hh:mm": AsDate, "[Red]m/d": AsDate, "[$-ja-JP]r": AsDate,
		"h:mm": AsTime, "[h]:mm:ss": AsTime, "mm:ss.0": AsTime, `h"時"mm"分"`: AsTime, "h:mm AM/PM": AsTime, "[mm]": AsTime,
		"0%": AsShare, `0.0%;[Red]-0.0%`: AsShare, `0"%"`: AsNumber, `#,##0;0%`: AsNumber,
		"": AsNumber, "[": AsNumber, `0"`: AsNumber, `0\`: AsNumber, "0_": AsNumber, "[h": AsNumber, ";yyyy": AsNumber,
	}
	for code, want := range cases {
		if got := Of(code); got != want {
			t.Errorf("%s: %d, want %d", code, got, want)
		}
	}
	for id, want := range map[int]Show{0: AsNumber, 4: AsNumber, 14: AsDate, 20: AsTime, 22: AsDate, 30: AsDate, 33: AsTime, 36: AsDate, 38: AsNumber, 46: AsTime, 49: AsNumber, 57: AsDate, 59: AsNumber} {
		if got := BuiltIn(id); got != want {
			t.Errorf("built-in %d: %d, want %d", id, got, want)
		}
	}
}

func TestAround(t *testing.T) {
	for code, want := range map[string][2]string{
		`#,##0"千円"`: {"", "千円"}, `#,##0,"千円"`: {"", ""}, `"△"#,##0`: {"△", ""}, `#,##0;"△"#,##0`: {"", ""}, `0\本`: {"", "本"},
		`"¥"#,##0.00`: {"¥", ""}, `[Red]#,##0_ `: {"", ""}, "General": {"General", ""}, "": {"", ""}, `#,##0"`: {"", ""},
	} {
		if before, after := Around(code); [2]string{before, after} != want {
			t.Errorf("%s: %q, %q, want %q", code, before, after, want)
		}
	}
}
