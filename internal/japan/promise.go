package japan

import "honne"

// KeptLate is how many business days after the day that both sides agreed on a promise
// was kept; 0 for one kept in time, on the days of rest behind it, or not at all.
func KeptLate(p honne.Promise) int {
	due := p.AgreedDue()
	if p.Outcome != honne.PromiseKept && p.Outcome != honne.PromiseLate || p.Done == 0 || due == 0 {
		return 0
	}
	return max(0, National().Between(due, p.Done))
}
