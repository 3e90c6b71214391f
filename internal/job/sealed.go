package job

import (
	"context"
	"encoding/json"
	"errors"

	"honne"
	"honne/internal/store"
	"honne/internal/vault"
)

// SealSecrets seals secrets for an account, as honne.Mailbox.Account names one, and
// for no other.
func SealSecrets(k *vault.HouseKey, account string, secrets honne.Secrets) (string, error) {
	secrets.For = account
	text, err := json.Marshal(secrets)
	if err != nil {
		return "", err
	}
	return k.Seal(text)
}

// OpenSecrets is the inverse of SealSecrets. Secrets of another account are not
// given out: somebody changed where they would be sent.
func OpenSecrets(k *vault.HouseKey, account, sealed string) (secrets honne.Secrets, err error) {
	text, err := k.Open(sealed)
	if err == nil {
		err = json.Unmarshal(text, &secrets)
	}
	if err == nil && secrets.For != account {
		err = errors.New("job: the secrets are those of another account")
	}
	if err != nil {
		return honne.Secrets{}, err
	}
	return secrets, nil
}

// setting reads what an administrator named, kept as JSON; the zero value where
// nobody did.
func setting[T any](ctx context.Context, s *store.Store, key string) (x T, err error) {
	text, found, err := s.Setting(ctx, key)
	if err == nil && found {
		err = json.Unmarshal([]byte(text), &x)
	}
	return x, err
}

func keepSetting(ctx context.Context, s *store.Store, key string, x any) error {
	text, err := json.Marshal(x)
	if err != nil {
		return err
	}
	return s.SetSetting(ctx, key, string(text))
}
