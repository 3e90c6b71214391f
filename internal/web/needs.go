package web

import (
	"strconv"
	"strings"

	"honne"
	"honne/internal/auth"
)

// needDoor is the form or page that makes known what is missing, "" where this
// visitor cannot give it.
func (v *visit) needDoor(d honne.Distributor, n honne.Need) string {
	kind := map[honne.Need]honne.EntryKind{honne.NeedActivity: honne.EntryActivity, honne.NeedTargetSites: honne.EntryTargetSite,
		honne.NeedAccess: honne.EntryAccessRequest, honne.NeedInvestment: honne.EntryInvestment, honne.NeedPulse: honne.EntryPulse,
		honne.NeedContacts: honne.EntryContact, honne.NeedDocuments: honne.EntryDocument, honne.NeedRedFlags: honne.EntryRedFlag,
		honne.NeedAccounts: honne.EntryPublicAccount, honne.NeedExplained: honne.EntryExplanation}[n]
	if k, ok := kindOf(kind); ok {
		return v.newEntry(d, k)
	}
	switch n {
	case honne.NeedMarketGrowth:
		return v.askMarket(d)
	case honne.NeedDueDays:
		if v.may(auth.Write, auth.Overview) {
			return base(d) + "/edit#due"
		}
	case honne.NeedEndUsers:
		if v.may(auth.Write, auth.Figures) {
			return base(d) + "/names"
		}
	case honne.NeedAgreedTargets:
		return v.planForm(d, "agreed")
	case honne.NeedProposal:
		return v.planForm(d, "proposed")
	case honne.NeedInterviews:
		if v.may(auth.Read, auth.Audits) {
			return "/audits"
		}
	default:
		if v.may(auth.Write, auth.Figures) {
			return uploadForm(d)
		}
	}
	return ""
}

func uploadForm(d honne.Distributor) string { return "/intake?distributor=" + d.Slug }

// askMarket is the form of an estimate of the market's growth over the twelve
// months that ended last, "" for who may not write it.
func (v *visit) askMarket(d honne.Distributor) string {
	k, _ := kindOf(honne.EntryEstimate)
	on, err := v.dayAt(d)
	if err != nil || v.newEntry(d, k) == "" {
		return ""
	}
	return v.filled(d, honne.EntryEstimate, "unit", string(honne.EstimateGrowth), "start", (on.Month() - 12).String())
}

// logDoor is the list of a kind of entry, as what a figure stands on.
func (v *visit) logDoor(d honne.Distributor, kind honne.EntryKind) Linked {
	return Linked{v.t("entry." + string(kind)), v.link(base(d)+"/log", "kind", string(kind))}
}

// codeDoor is the page of an entry that its code names, "" for one that does not
// exist for the visitor.
func (v *visit) codeDoor(d honne.Distributor, kind honne.EntryKind, code string) string {
	_, digits, _ := strings.Cut(code, "-")
	n, err := strconv.Atoi(digits)
	if k, ok := kindOf(kind); ok && err == nil && v.may(auth.Read, k.within()) {
		return entryLink(d, kind, n)
	}
	return ""
}

// needDoors are what is missing, each with where to give it: a plan is typed, or
// sent.
func (v *visit) needDoors(d honne.Distributor, list []honne.Need) (out []Linked) {
	for _, n := range list {
		door := v.needDoor(d, n)
		out = append(out, Linked{v.t("need." + string(n)), door})
		if door != "" && (n == honne.NeedAgreedTargets || n == honne.NeedProposal) {
			out = append(out, Linked{v.t("plan.or-file"), uploadForm(d)})
		}
	}
	return out
}
