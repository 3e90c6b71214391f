package measure

import "testing"

// TestGoldenAccess is the vector of domain Appendix H.
func TestGoldenAccess(t *testing.T) {
	a := access{accounts: 10, accountsMet: 4, requests: 5, granted: 2, leaders: 12, leadersMet: 3, askedOfLeader: 12}
	if got := sixth(a.index()); got != 35.5 {
		t.Errorf("%v, want 35.5", got)
	}
}
