-- v9 (compatible with v1+): the mailboxes that are watched

INSERT INTO counter (name, last) VALUES ('mailbox', 0);

CREATE TABLE mailbox (
	id BIGINT NOT NULL PRIMARY KEY,
	settings TEXT NOT NULL, -- JSON of honne.Mailbox
	sealed TEXT NOT NULL, -- its secrets; the key is not in the database
	paused BOOLEAN NOT NULL,
	version BIGINT NOT NULL, -- counts what people changed
	validity BIGINT NOT NULL, -- under which the server numbers its messages
	rule TEXT NOT NULL, -- what was wanted when they were looked at
	uid BIGINT NOT NULL, -- up to which they were
	kept BIGINT NOT NULL,
	dropped BIGINT NOT NULL,
	left_out BIGINT NOT NULL,
	looked BIGINT NOT NULL, -- when all there was had been looked at
	trouble TEXT NOT NULL, -- JSON of honne.Message; empty for none
	failed BIGINT NOT NULL
);

-- Messages of a drop address whose partner nobody knows yet. One that a person
-- settled stays, so that it does not wait again.
CREATE TABLE stray (
	sha256 TEXT NOT NULL PRIMARY KEY,
	name TEXT NOT NULL,
	size BIGINT NOT NULL,
	sender TEXT NOT NULL,
	received BIGINT NOT NULL,
	basis TEXT NOT NULL CHECK (basis IN ('message', 'stated', 'estimated', 'unknown')),
	settled BOOLEAN NOT NULL
);
