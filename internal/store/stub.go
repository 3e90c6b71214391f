package store

import (
	"context"
	"errors"

	"honne"
)

var errStub = errors.New("store: not written yet")

func (s *Store) Versions(ctx context.Context, d honne.DistributorID, sel honne.Selection) ([]honne.Version, error) {
	return nil, errStub
}
func (s *Store) Sources(ctx context.Context, d honne.DistributorID, at honne.AsOf, sel honne.Selection, limit int) (sources []honne.Source, more int, err error) {
	return nil, 0, errStub
}
func (s *Store) KnownDates(ctx context.Context, d honne.DistributorID) ([]honne.Date, error) {
	return nil, errStub
}
func (s *Store) Verify(ctx context.Context) error { return errStub }
func (s *Store) RollupsEqualRebuild(ctx context.Context, d honne.DistributorID) error {
	return errStub
}
