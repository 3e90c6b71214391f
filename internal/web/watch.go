package web

import (
	"honne/internal/auth"
)

// watchRoutes are what people write because no file says it, what our side does
// about a sign, and how our own side stands. Doors that depend on the kind of an
// entry are asked again inside.
func (a *app) watchRoutes() []route {
	signals, act := door{verb: auth.Read, area: auth.Signals}, door{verb: auth.Write, area: auth.Signals}
	ours, mend := door{verb: auth.Read, area: auth.OurSide}, door{verb: auth.Write, area: auth.OurSide}
	search, agree := door{verb: auth.Read, area: auth.Search}, door{verb: auth.Write, area: auth.Reviews}
	return []route{
		{"GET /distributors/{slug}/log", signals, a.showEntries},
		{"GET /distributors/{slug}/log/{kind}/{n}", signals, a.showEntry},
		{"POST /distributors/{slug}/log/{kind}/{n}", signals, a.postEntry},
		{"POST /distributors/{slug}/log/{kind}/{n}/{act}", signals, a.postEntry},
		{"GET /distributors/{slug}/signals/{sign}", signals, a.showSign},
		{"POST /distributors/{slug}/signals/{sign}/{act}", act, a.postSign},
		{"GET /distributors/{slug}/playbook-trial", act, a.showPlaybookTrial},
		{"POST /distributors/{slug}/playbook-trial", act, a.postPlaybookTrial},
		{"GET /distributors/{slug}/thresholds", signals, a.showThresholds},
		{"GET /distributors/{slug}/thresholds/{threshold}", signals, a.showThreshold},
		{"POST /distributors/{slug}/thresholds/{threshold}", act, a.postThreshold},
		{"GET /our-side", ours, a.showOurSide},
		{"POST /our-side", mend, a.postReadiness},
		{"GET /distributors/{slug}/our-side", ours, a.showPartnerSide},
		{"POST /distributors/{slug}/our-side", mend, a.postReadiness},
		{"GET /distributors/{slug}/dependency", search, a.showDependency},
		{"POST /distributors/{slug}/dependency/terms", door{verb: auth.Write, area: auth.Search}, a.postTerms},
		{"GET /distributors/{slug}/check-ins/new", agree, a.showCheckIn},
		{"POST /distributors/{slug}/check-ins/new", agree, a.postCheckIn},
	}
}
