package main

import (
	"errors"
	"fmt"

	"honne"
	"honne/internal/auth"
	"honne/internal/store"
)

type userCmd struct {
	Add     userAdd     `cmd:"" help:"Add an account; the password is read from standard input."`
	List    userList    `cmd:"" help:"List the accounts."`
	Disable userDisable `cmd:"" help:"Disable an account; it is signed out everywhere."`
}

type userAdd struct {
	where
	Email string `arg:"" help:"E-mail address, with which the person signs in."`
	Name  string `help:"Name of the person; the address without it."`
	Role  string `default:"manager" enum:"director,manager,auditor,regulatory,cfo,counsel,viewer" help:"director, manager, auditor, regulatory, cfo, counsel or viewer."`
	Admin bool   `help:"May also manage accounts."`
	Again bool   `help:"Set a new password of an account that there is; it is signed out everywhere."`
}

// Run adds the account with the password on the first line of standard input.
func (c userAdd) Run(e *env) error {
	password, err := readPassword(e)
	if err != nil {
		return err
	}
	if err := auth.CheckPassword(password, c.Email); err != nil {
		return fmt.Errorf("%s", sayInvalid(e, err))
	}
	hash, err := auth.NewPasswords(1).Hash(e.ctx, password)
	if err != nil {
		return err
	}
	a, err := c.open(e, nil)
	if err != nil {
		return err
	}
	defer a.close()
	if c.Again {
		return c.again(e, a.store, hash)
	}
	name := c.Name
	if name == "" {
		name = c.Email
	}
	_, err = a.store.AddUser(e.ctx, store.User{Name: name, Email: c.Email, Role: c.Role, Admin: c.Admin, PasswordHash: hash, Language: "en"})
	if errors.Is(err, honne.ErrConflict) {
		return fmt.Errorf("%s has an account already: --again sets a new password of it", c.Email)
	}
	if err != nil {
		return fmt.Errorf("add %s: %w", c.Email, err)
	}
	_, err = fmt.Fprintf(e.out, "%s added as %s\n", c.Email, c.Role)
	return err
}

// again sets the password of an account that there is.
func (c userAdd) again(e *env, s *store.Store, hash string) error {
	u, err := s.UserByEmail(e.ctx, c.Email)
	if errors.Is(err, honne.ErrNotFound) {
		return fmt.Errorf("there is no account %s; honne user list shows all", c.Email)
	}
	if err == nil {
		err = s.SetUserPassword(e.ctx, u.ID, hash)
	}
	if err != nil {
		return fmt.Errorf("new password for %s: %w", c.Email, err)
	}
	_, err = fmt.Fprintf(e.out, "%s has a new password\n", u.Email)
	return err
}

type userList struct{ where }

// Run lists the accounts.
func (c userList) Run(e *env) error {
	a, err := c.openThere(e)
	if err != nil {
		return err
	}
	defer a.close()
	users, err := a.store.Users(e.ctx)
	for _, u := range users {
		note := ""
		if u.Admin {
			note += " administrator"
		}
		if u.Disabled {
			note += " disabled"
		}
		fmt.Fprintf(e.out, "%s %s%s\n", u.Email, u.Role, note)
	}
	return err
}

type userDisable struct {
	where
	Email string `arg:"" help:"E-mail address of the account."`
}

// Run disables the account.
func (c userDisable) Run(e *env) error {
	a, err := c.openThere(e)
	if err != nil {
		return err
	}
	defer a.close()
	u, err := a.store.UserByEmail(e.ctx, c.Email)
	if errors.Is(err, honne.ErrNotFound) {
		return fmt.Errorf("there is no account %s; honne user list shows all", c.Email)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", c.Email, err)
	}
	if err = a.store.DisableUser(e.ctx, u.ID, true); errors.Is(err, honne.ErrConflict) {
		return fmt.Errorf("%s is the last administrator: add another one first (honne user add --admin)", c.Email)
	}
	return err
}
