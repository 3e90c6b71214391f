package web

import (
	"net/http"
	"slices"

	"honne"
	"honne/internal/auth"
)

// route is an address with its door and its page.
type route struct {
	pattern string
	door    door
	serve   handler
}

func (a *app) routes(mux *http.ServeMux) {
	a.mux, a.doors = mux, map[string]door{}
	for _, r := range a.everyRoute() {
		a.doors[r.pattern] = r.door
		mux.Handle(r.pattern, a.page(r.door, r.serve))
	}
	mux.Handle("GET /static/{hash}/{name}", a.assets)
	mux.Handle("/", a.page(door{open: true}, func(http.ResponseWriter, *visit) error { return honne.ErrNotFound }))
}

func (a *app) everyRoute() []route {
	return slices.Concat(a.entranceRoutes(), a.distributorRoutes(), a.conversationRoutes(), a.claimRoutes(), a.watchRoutes(), a.rateRoutes(), a.auditRoutes(), a.intakeRoutes(), a.settingsRoutes(), a.voiceRoutes())
}

// entranceRoutes lead in, and to what stands above all distributors.
func (a *app) entranceRoutes() []route {
	open, home := door{open: true}, door{verb: auth.Read}
	see, change := door{verb: auth.Read, area: auth.Overview}, door{verb: auth.Write, area: auth.Overview}
	return []route{
		{"GET /setup", open, a.showSetup},
		{"POST /setup", open, a.postSetup},
		{"POST /setup/sample", change, a.postSample},
		{"POST /setup/sample/remove", change, a.postSampleRemove},
		{"GET /sign-in", open, a.showSignIn},
		{"POST /sign-in", open, a.postSignIn},
		{"POST /sign-out", home, a.postSignOut},
		{"GET /{$}", home, a.showToday},
		{"GET /history", home, a.showHistory},
		{"GET /portfolio", see, a.showPortfolio},
		{"GET /distributors", see, a.redirectPortfolio},
		{"GET /distributors/new", change, a.showNew},
		{"POST /distributors/new", change, a.postNew},
	}
}

// distributorRoutes are the sections of one distributor.
func (a *app) distributorRoutes() []route {
	ofPartner := about((*visit).distributor)
	see, change := door{verb: auth.Read, area: auth.Overview}, door{verb: auth.Write, area: auth.Overview}
	figures, intake := door{verb: auth.Read, area: auth.Figures}, door{verb: auth.Write, area: auth.Figures}
	signals, reports := door{verb: auth.Read, area: auth.Signals}, door{verb: auth.Read, area: auth.Reports}
	return []route{
		{"GET /distributors/{slug}", see, ofPartner(a.showOverview)},
		{"GET /distributors/{slug}/edit", change, ofPartner(a.showEdit)},
		{"POST /distributors/{slug}/edit", change, ofPartner(a.postEdit)},
		{"GET /distributors/{slug}/plan/new", intake, a.showNewPlan},
		{"POST /distributors/{slug}/plan/new", intake, a.postNewPlan},
		{"GET /distributors/{slug}/figures", figures, ofPartner(a.showFigures)},
		{"GET /distributors/{slug}/signals", signals, ofPartner(a.showSignals)},
		{"GET /distributors/{slug}/files", figures, ofPartner(a.showFiles)},
		{"GET /distributors/{slug}/brief", reports, a.showBrief},
		{"GET /distributors/{slug}/brief/file", reports, a.sendBrief},
		{"GET /distributors/{slug}/names", figures, ofPartner(a.showNames)},
		{"POST /distributors/{slug}/names", intake, ofPartner(a.postNames)},
		{"GET /distributors/{slug}/rules", figures, ofPartner(a.showRules)},
		{"POST /distributors/{slug}/rules", intake, ofPartner(a.postRules)},
		{"GET /distributors/{slug}/remind", intake, ofPartner(a.showRemind)},
		{"GET /distributors/{slug}/evidence", figures, ofPartner(a.showEvidence)},
		{"POST /distributors/{slug}/evidence", intake, ofPartner(a.postChangeReason)},
		{"GET /distributors/{slug}/evidence/{figure}", figures, ofPartner(a.showFigureEvidence)},
		{"GET /distributors/{slug}/evidence/measure/{measure}", figures, ofPartner(a.showMeasureEvidence)},
	}
}

// conversationRoutes are messages, and what both sides agreed on.
func (a *app) conversationRoutes() []route {
	ofPartner := about((*visit).distributor)
	ofAgreement := about((*visit).agreement)
	signals := door{verb: auth.Read, area: auth.Signals}
	agreed, agree := door{verb: auth.Read, area: auth.Reviews}, door{verb: auth.Write, area: auth.Reviews}
	return []route{
		{"GET /distributors/{slug}/messages", signals, ofPartner(a.showMessages)},
		{"GET /distributors/{slug}/messages/{id}", signals, ofPartner(a.showThread)},
		{"GET /distributors/{slug}/messages/{id}/ask", signals, a.showInquiry},
		{"POST /distributors/{slug}/messages/{id}/ask", door{verb: auth.Write, area: auth.Signals}, a.postInquiry},
		{"GET /distributors/{slug}/agreements", agreed, ofPartner(a.showAgreements)},
		{"GET /distributors/{slug}/agreements/new", agree, ofPartner(a.showNewAgreement)},
		{"POST /distributors/{slug}/agreements/new", agree, ofPartner(a.postNewAgreement)},
		{"GET /agreements/{code}", agreed, ofAgreement(a.showAgreement)},
		{"GET /agreements/{code}/edit", agree, ofAgreement(a.showEditAgreement)},
		{"POST /agreements/{code}/edit", agree, ofAgreement(a.postEditAgreement)},
		{"POST /agreements/{code}/{act}", agree, ofAgreement(a.postAgreement)},
	}
}

// auditRoutes are audits and their findings; who may open an audit is asked by
// its page.
func (a *app) auditRoutes() []route {
	ofAudit := about((*visit).audit)
	home, audits := door{verb: auth.Read}, door{verb: auth.Read, area: auth.Audits}
	return []route{
		{"GET /audits", audits, a.showAudits},
		{"GET /lessons", audits, a.showLessons},
		{"GET /audits/new", home, a.showNewAudit},
		{"POST /audits/new", home, a.postNewAudit},
		{"GET /audits/{code}", audits, ofAudit(a.showAudit)},
		{"GET /audits/{code}/edit", audits, a.showEditAudit},
		{"POST /audits/{code}/edit", audits, a.postEditAudit},
		{"GET /audits/{code}/file", door{verb: auth.Write, area: auth.Audits}, ofAudit(a.sendAudit)},
		{"GET /take-in", home, a.showTakeIn},
		{"POST /take-in", home, a.postTakeIn},
		{"GET /take-in/{sum}", home, a.showTaken},
		{"POST /take-in/{sum}", home, a.postTaken},
		{"GET /audits/{code}/criteria/{dimension}", audits, ofAudit(a.showCriterion)},
		{"POST /audits/{code}/criteria/{dimension}", audits, ofAudit(a.postCriterion)},
		{"GET /audits/{code}/requests", audits, ofAudit(a.showRequests)},
		{"POST /audits/{code}/requests", audits, a.postRequests},
		{"GET /audits/{code}/requests/ask", audits, ofAudit(a.showPapers)},
		{"POST /audits/{code}/requests/ask", audits, a.postPapers},
		{"GET /audits/{code}/requests/sheet", audits, ofAudit(a.sendPapers)},
		{"GET /audits/{code}/gap", audits, ofAudit(a.showGap)},
		{"GET /audits/{code}/outcome", audits, ofAudit(a.showOutcome)},
		{"POST /audits/{code}/outcome", audits, ofAudit(a.postOutcome)},
		{"GET /audits/{code}/renewal", audits, a.showRenewal},
		{"POST /audits/{code}/renewal", audits, a.postRenewal},
		{"GET /audits/{code}/actions/{n}", audits, a.showAction},
		{"POST /audits/{code}/actions/{n}", audits, a.postAction},
		{"GET /audits/{code}/publish", audits, a.showPublish},
		{"POST /audits/{code}/publish", audits, a.postPublish},
		{"GET /audits/{code}/publish/file", audits, a.sendDraft},
		{"GET /audits/{code}/publish/originals", audits, a.sendOriginals},
		{"POST /audits/{code}/ahead", audits, a.postAhead},
		{"GET /audits/{code}/publications/{n}", audits, ofAudit(a.sendPublished)},
		{"GET /findings/{code}", audits, a.showFinding},
		{"POST /findings/{code}", audits, a.postFinding},
	}
}

// intakeRoutes are files on their way in.
func (a *app) intakeRoutes() []route {
	ofFile := about((*visit).review)
	figures, intake := door{verb: auth.Read, area: auth.Figures}, door{verb: auth.Write, area: auth.Figures}
	return []route{
		{"GET /intake", figures, a.showIntake},
		{"POST /intake", intake, a.postUpload},
		{"GET /intake/plan", intake, a.choosePlan},
		{"POST /intake/accept-ready", intake, a.postAcceptReady},
		{"POST /intake/strays", intake, a.postStray},
		{"GET /intake/{n}", figures, ofFile(a.showReview)},
		{"GET /intake/{n}/{step}", figures, ofFile(a.showReview)},
		{"POST /intake/{n}/file", intake, ofFile(a.postFile)},
		{"POST /intake/{n}/table", intake, ofFile(a.postTable)},
		{"POST /intake/{n}/columns", intake, ofFile(a.postColumns)},
		{"POST /intake/{n}/settle", intake, ofFile(a.postSettle)},
		{"POST /intake/{n}/reason", intake, ofFile(a.postReason)},
		{"GET /intake/{n}/ask", intake, ofFile(a.showAsk)},
		{"POST /intake/{n}/ask", intake, ofFile(a.postAsk)},
		{"POST /intake/{n}/password", intake, a.postPassword},
		{"POST /intake/{n}/accept", intake, ofFile(a.postAccept)},
		{"POST /intake/{n}/undo", intake, a.postUndo},
		{"GET /intake/{n}/original", figures, a.sendOriginal},
	}
}

// settingsRoutes are what the administrator sets, and what each person for
// themselves.
func (a *app) settingsRoutes() []route {
	accounts, home := door{verb: auth.Write, area: auth.Accounts}, door{verb: auth.Read}
	return []route{
		{"GET /settings/mailboxes", accounts, a.showMailboxes},
		{"POST /settings/mailboxes", accounts, a.postNewMailbox},
		{"GET /settings/users", accounts, a.showUsers},
		{"POST /settings/users", accounts, a.postNewUser},
		{"GET /settings/users/{n}", accounts, a.showUser},
		{"POST /settings/users/{n}", accounts, a.postUser},
		{"GET /welcome/{token}", door{open: true, quiet: true}, a.showWelcome},
		{"POST /welcome/{token}", door{open: true, quiet: true}, a.postWelcome},
		{"GET /settings/post", accounts, a.showPost},
		{"POST /settings/post", accounts, a.postPost},
		{"GET /settings/assistant", accounts, a.showAssistant},
		{"POST /settings/assistant", accounts, a.postAssistant},
		{"GET /settings/notices", home, a.showNotices},
		{"POST /settings/notices", home, a.postNotices},
		{"GET /calendar/{file}", door{open: true, quiet: true}, a.sendCalendar},
		{"GET /settings/mailboxes/{n}", accounts, a.showMailbox},
		{"POST /settings/mailboxes/{n}", accounts, a.postMailbox},
	}
}

// claimRoutes are the pages of reasons given. Who may judge one is asked again
// where its category is known.
func (a *app) claimRoutes() []route {
	signals, log := door{verb: auth.Read, area: auth.Signals}, door{verb: auth.Write, area: auth.Signals}
	return []route{
		{"GET /distributors/{slug}/claims", signals, a.showClaims},
		{"GET /claims", signals, a.showClaims},
		{"POST /claims", signals, a.postClaims},
		{"POST /distributors/{slug}/claims", signals, a.postClaims},
		{"POST /claims/mentions", signals, a.postMention},
		{"GET /claims/new", log, a.showLog},
		{"POST /claims/new", log, a.postLog},
		{"GET /claims/library", signals, a.showLibrary},
		{"POST /claims/library", log, a.postLibrary},
		{"GET /claims/{code}", signals, a.showClaim},
		{"POST /claims/{code}/{act}", signals, a.postClaim},
	}
}

// watchRoutes are what people write because no file says it, what our side does
// about a sign, and how our own side stands. Doors that depend on the kind of an
// entry are asked again inside.
func (a *app) watchRoutes() []route {
	ofPartner := about((*visit).distributor)
	signals, act := door{verb: auth.Read, area: auth.Signals}, door{verb: auth.Write, area: auth.Signals}
	ours, mend := door{verb: auth.Read, area: auth.OurSide}, door{verb: auth.Write, area: auth.OurSide}
	search, agree := door{verb: auth.Read, area: auth.Search}, door{verb: auth.Write, area: auth.Reviews}
	return []route{
		{"GET /distributors/{slug}/log", signals, ofPartner(a.showEntries)},
		{"GET /distributors/{slug}/log/{kind}/{n}", signals, ofPartner(a.showEntry)},
		{"POST /distributors/{slug}/log/{kind}/{n}", signals, ofPartner(a.postEntry)},
		{"POST /distributors/{slug}/log/{kind}/{n}/{act}", signals, ofPartner(a.postEntry)},
		{"GET /distributors/{slug}/signals/{sign}", signals, ofPartner(a.showSign)},
		{"POST /distributors/{slug}/signals/{sign}/{act}", act, ofPartner(a.postSign)},
		{"GET /distributors/{slug}/playbook-trial", act, ofPartner(a.showPlaybookTrial)},
		{"POST /distributors/{slug}/playbook-trial", act, ofPartner(a.postPlaybookTrial)},
		{"GET /distributors/{slug}/thresholds", signals, ofPartner(a.showThresholds)},
		{"GET /distributors/{slug}/thresholds/{threshold}", signals, a.showThreshold},
		{"POST /distributors/{slug}/thresholds/{threshold}", act, a.postThreshold},
		{"GET /our-side", ours, a.showOurSide},
		{"POST /our-side", mend, a.postReadiness},
		{"GET /distributors/{slug}/our-side", ours, ofPartner(a.showPartnerSide)},
		{"POST /distributors/{slug}/our-side", mend, ofPartner(a.postPartnerReadiness)},
		{"GET /distributors/{slug}/dependency", search, ofPartner(a.showDependency)},
		{"POST /distributors/{slug}/dependency/terms", door{verb: auth.Write, area: auth.Search}, ofPartner(a.postTerms)},
		{"GET /distributors/{slug}/check-ins/new", agree, ofPartner(a.showCheckIn)},
		{"POST /distributors/{slug}/check-ins/new", agree, ofPartner(a.postCheckIn)},
	}
}

// rateRoutes are the exchange rates of the house.
func (a *app) rateRoutes() []route {
	see, change := door{verb: auth.Read, area: auth.Rates}, door{verb: auth.Write, area: auth.Rates}
	return []route{
		{"GET /rates", see, a.showRates},
		{"GET /rates/{n}", see, a.showRate},
		{"POST /rates/{n}", change, a.postRate},
		{"POST /rates/{n}/withdraw", change, a.postRateWithdraw},
	}
}

// voiceRoutes are the doors of conversations, and of the partner's own answers.
// Those of conversations are quiet: when somebody spoke is nobody's business. So
// is a hold, which only counsel knows of, and a partner's link, which is a key.
func (a *app) voiceRoutes() []route {
	ofAudit := about((*visit).audit)
	see := door{verb: auth.Read, area: auth.Audits, quiet: true}
	hear := door{verb: auth.Write, area: auth.OffRecord, quiet: true}
	link := door{open: true, quiet: true}
	return []route{
		{"GET /audits/{code}/interviews", see, ofAudit(a.showInterviews)},
		{"GET /audits/{code}/interviews/new", hear, ofAudit(a.showNewInterview)},
		{"POST /audits/{code}/interviews/new", hear, ofAudit(a.postInterview)},
		{"GET /audits/{code}/interviews/consent", hear, ofAudit(a.showConsent)},
		{"POST /audits/{code}/interviews/key", hear, a.postVoiceKey},
		{"POST /audits/{code}/interviews/unlock", hear, a.postUnlock},
		{"POST /audits/{code}/interviews/lock", hear, a.postLock},
		{"POST /audits/{code}/interviews/recover", hear, a.postRecover},
		{"POST /audits/{code}/interviews/release", hear, ofAudit(a.postRelease)},
		{"POST /audits/{code}/interviews/themes", hear, ofAudit(a.postThemes)},
		{"GET /audits/{code}/interviews/{note}", see, ofAudit(a.showInterview)},
		{"POST /audits/{code}/interviews/{note}", hear, ofAudit(a.postInterview)},
		{"POST /audits/{code}/interviews/{note}/remove", hear, ofAudit(a.postRemoveInterview)},
		{"POST /audits/{code}/interviews/{note}/on-record", hear, ofAudit(a.postOnRecord)},
		{"GET /audits/{code}/close", door{verb: auth.Read, area: auth.Audits}, ofAudit(a.showClose)},
		{"POST /audits/{code}/close", door{verb: auth.Write, area: auth.Audits}, ofAudit(a.postClose)},
		{"POST /audits/{code}/hold", door{verb: auth.Write, area: auth.RedFlags, quiet: true}, ofAudit(a.postHold)},
		{"GET /audits/{code}/self", door{verb: auth.Read, area: auth.Audits}, ofAudit(a.showSelf)},
		{"POST /audits/{code}/self", door{verb: auth.Write, area: auth.Audits}, ofAudit(a.postSelf)},
		{"GET /review/{token}", link, a.showPartner},
		{"POST /review/{token}", link, a.postPartner},
		{"GET /review/{token}/sheet", link, a.sendSheet},
		{"POST /review/{token}/sheet", link, a.postSheet},
	}
}
