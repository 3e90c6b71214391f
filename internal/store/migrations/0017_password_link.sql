-- v17 (compatible with v16+): the link by which somebody sets a password, one an account
CREATE TABLE password_link (
	user_id BIGINT NOT NULL PRIMARY KEY REFERENCES users (id),
	token_hash TEXT NOT NULL UNIQUE,
	ends BIGINT NOT NULL
);
