-- v7 (compatible with v1+): who saw, changed, exported and published what

CREATE TABLE event (
	n BIGINT NOT NULL PRIMARY KEY, -- from 1, without a gap
	at BIGINT NOT NULL,
	user_id BIGINT NOT NULL, -- 0: the program
	verb TEXT NOT NULL,
	object TEXT NOT NULL,
	detail TEXT NOT NULL,
	hash TEXT NOT NULL -- SHA-256 of the hash before it and of what is above
);
