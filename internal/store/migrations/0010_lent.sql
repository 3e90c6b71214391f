-- v10 (compatible with v1+): keys of voices that are open, and the partner's own view by a link

-- The keys that somebody opened, for a quarter of an hour: what is sealed is
-- opened by a token that only their browser holds. A backup leaves it out.
CREATE TABLE voice_lent (
	token_hash TEXT NOT NULL PRIMARY KEY,
	audit BIGINT NOT NULL,
	owner BIGINT NOT NULL, -- as in voice_key
	sealed TEXT NOT NULL,
	ends BIGINT NOT NULL
);

-- Links by which a partner answers; what is written there and not yet sent.
CREATE TABLE invitation (
	token_hash TEXT NOT NULL PRIMARY KEY,
	distributor_id BIGINT NOT NULL,
	audit BIGINT NOT NULL,
	ends BIGINT NOT NULL,
	n BIGINT NOT NULL, -- counts what was saved, so that two who write see each other
	draft TEXT NOT NULL, -- JSON
	sent BIGINT NOT NULL, -- 0: not yet
	made_by BIGINT NOT NULL
);
CREATE INDEX invitation_audit ON invitation (audit);
