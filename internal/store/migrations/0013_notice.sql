-- v13 (compatible with v1+): what people asked to be told of

CREATE TABLE notice (
	user_id BIGINT NOT NULL PRIMARY KEY,
	weekly BOOLEAN NOT NULL,
	sent BIGINT NOT NULL, -- when the last letter was begun; 0 for never
	feed_hash TEXT NOT NULL -- of the secret in the calendar's address; empty for none
);
CREATE INDEX notice_feed ON notice (feed_hash);
