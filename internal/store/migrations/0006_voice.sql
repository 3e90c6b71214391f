-- v6 (compatible with v1+): voices off the record

-- Their keys. A backup leaves this table out, so that what is deleted here is
-- forgotten there too.
CREATE TABLE voice_key (
	audit BIGINT NOT NULL,
	owner BIGINT NOT NULL, -- the interviewer; 0 for the audit's own key
	recipient TEXT NOT NULL,
	wrapped TEXT NOT NULL, -- sealed under a passphrase
	forget BIGINT NOT NULL, -- the day it is destroyed; 0 while the audit is open
	PRIMARY KEY (audit, owner)
);

-- No name, no day, and a number that says nothing of the order.
CREATE TABLE voice (
	id TEXT NOT NULL PRIMARY KEY,
	distributor_id BIGINT NOT NULL,
	audit BIGINT NOT NULL,
	owner BIGINT NOT NULL, -- whose key opens the text
	quarter BIGINT NOT NULL, -- its first day
	text TEXT NOT NULL, -- sealed to the interviewer's key, base64
	readings TEXT NOT NULL -- sealed to the audit's key, base64: pool, readings, whether they were released
);
CREATE INDEX voice_audit ON voice (audit);
