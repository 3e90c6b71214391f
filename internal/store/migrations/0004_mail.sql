-- v4 (compatible with v1+): the messages that are kept

INSERT INTO counter (name, last) VALUES ('message', 0);

-- What was kept of a message is never changed. Its text stands apart, so that a
-- record, which needs none, reads past none.
CREATE TABLE message (
	distributor_id BIGINT NOT NULL,
	id BIGINT NOT NULL,
	key TEXT NOT NULL, -- its Message-ID, or one made of its content
	file_id BIGINT NOT NULL, -- of the mailbox, or 0
	path TEXT NOT NULL,
	received BIGINT NOT NULL,
	basis TEXT NOT NULL CHECK (basis IN ('message', 'stated', 'estimated', 'unknown')),
	recorded BIGINT NOT NULL,
	side TEXT NOT NULL CHECK (side IN ('theirs', 'ours', 'third')),
	kind TEXT NOT NULL CHECK (kind IN ('substance', 'acknowledgement', 'automatic', 'report')),
	asks BIGINT NOT NULL,
	topic TEXT NOT NULL,
	follows BOOLEAN NOT NULL,
	language TEXT NOT NULL,
	subject TEXT NOT NULL,
	people TEXT NOT NULL, -- JSON: from, to, cc
	answers TEXT NOT NULL, -- keys of the messages that it answers, a line each
	files TEXT NOT NULL, -- JSON: names of what is attached; empty for none
	invites TEXT NOT NULL, -- JSON of honne.Invite; empty for none
	words BIGINT NOT NULL, -- of two messages of one sender with one text the same
	checksum BIGINT NOT NULL, -- of what is above and the text, for Verify
	PRIMARY KEY (distributor_id, id)
);
CREATE UNIQUE INDEX message_key ON message (distributor_id, key);

CREATE TABLE message_text (
	distributor_id BIGINT NOT NULL,
	message_id BIGINT NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (distributor_id, message_id)
);
