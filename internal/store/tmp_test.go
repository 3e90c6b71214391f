package store_test
import ("testing";"math/rand/v2";"maps";"fmt";"honne";"honne/internal/honnetest")
func TestTmpSeeds(t *testing.T){
 ops:=0
 for s := range uint64(12) {
  l := open(t, honnetest.SQLite(t).Config)
  r := rand.New(rand.NewPCG(s, 77)); var m model
  for n := range 60 {
    if len(m.all)>3 && r.IntN(6)==0 { undo(l, m.all[r.IntN(len(m.all))]) } else {
      next := &told{report: randomReport(r, n), order: n}
      next.file = l.accept(next.report); f,_ := l.File(l.ctx,next.file); next.accepted=f.Accepted; m.all=append(m.all,next) }
    for range 4 {
    at := honne.AsOf{}
    if r.IntN(2)==0 { at.Known = honne.NewDate(2025,8,1+r.IntN(65)) }
    if r.IntN(3)==0 { at.Recorded = m.all[r.IntN(len(m.all))].accepted }
    rec, err := l.Record(l.ctx,l.d,at); l.must(err); ops++
    if g,w := factsOf(rec), m.facts(at); !maps.Equal(g,w) { t.Fatal("seed",s,n,at,g,w) } }
  }
  l.must(l.Verify(l.ctx))
 }
 fmt.Println("answers",ops)
}
