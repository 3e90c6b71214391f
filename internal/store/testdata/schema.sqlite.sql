CREATE TABLE change (
	distributor_id INTEGER NOT NULL,
	submission_id INTEGER NOT NULL,
	before_id INTEGER NOT NULL,
	period_from INTEGER NOT NULL,
	period_to INTEGER NOT NULL,
	product_id INTEGER NOT NULL,
	quantity_before INTEGER,
	amount_before INTEGER,
	quantity_after INTEGER,
	amount_after INTEGER,
	reason_id INTEGER NOT NULL,
	PRIMARY KEY (distributor_id, submission_id, before_id, period_from, period_to, product_id)
) STRICT, WITHOUT ROWID
CREATE TABLE compared (
	distributor_id INTEGER NOT NULL,
	submission_id INTEGER NOT NULL,
	before_id INTEGER NOT NULL,
	period_from INTEGER NOT NULL,
	period_to INTEGER NOT NULL,
	PRIMARY KEY (distributor_id, submission_id, before_id, period_from, period_to)
) STRICT, WITHOUT ROWID
CREATE TABLE counter (
	name TEXT NOT NULL PRIMARY KEY,
	last INTEGER NOT NULL
) STRICT, WITHOUT ROWID
CREATE TABLE decision (
	file_id INTEGER NOT NULL,
	n INTEGER NOT NULL, -- from 1; the last one counts
	body TEXT NOT NULL, -- JSON of honne.Decisions
	decided INTEGER NOT NULL,
	decided_by INTEGER NOT NULL,
	PRIMARY KEY (file_id, n)
) STRICT, WITHOUT ROWID
CREATE TABLE distributor (
	id INTEGER NOT NULL PRIMARY KEY,
	slug TEXT NOT NULL UNIQUE,
	sample INTEGER NOT NULL,
	profile TEXT NOT NULL -- JSON of honne.Profile
, heard INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID
CREATE TABLE entry (
	distributor_id INTEGER NOT NULL, -- 0 for the whole house
	kind TEXT NOT NULL,
	number INTEGER NOT NULL, -- counts the kind from 1, over all distributors
	n INTEGER NOT NULL, -- the version, from 1
	body TEXT NOT NULL, -- JSON of the noun
	withdrawn INTEGER NOT NULL,
	why TEXT NOT NULL,
	entered INTEGER NOT NULL,
	entered_by INTEGER NOT NULL, -- 0: the machine, unconfirmed
	checksum INTEGER NOT NULL, -- of what is above, for Verify
	PRIMARY KEY (distributor_id, kind, number, n)
) STRICT, WITHOUT ROWID
CREATE TABLE event (
	n INTEGER NOT NULL PRIMARY KEY, -- from 1, without a gap
	at INTEGER NOT NULL,
	user_id INTEGER NOT NULL, -- 0: the program
	verb TEXT NOT NULL,
	object TEXT NOT NULL,
	detail TEXT NOT NULL,
	hash TEXT NOT NULL -- SHA-256 of the hash before it and of what is above
) STRICT, WITHOUT ROWID
CREATE TABLE file (
	id INTEGER NOT NULL PRIMARY KEY,
	distributor_id INTEGER NOT NULL, -- 0 while it is not known
	path TEXT NOT NULL,
	sha256 TEXT NOT NULL,
	size INTEGER NOT NULL,
	format TEXT NOT NULL,
	received INTEGER NOT NULL,
	basis TEXT NOT NULL CHECK (basis IN ('message', 'stated', 'estimated', 'unknown')),
	side TEXT NOT NULL CHECK (side IN ('theirs', 'ours', 'third')),
	state TEXT NOT NULL CHECK (state IN ('reading', 'to-resolve', 'ready', 'accepted', 'unreadable', 'set-aside', 'undone')),
	loaded INTEGER NOT NULL,
	loaded_by INTEGER NOT NULL,
	accepted INTEGER NOT NULL,
	accepted_by INTEGER NOT NULL,
	problems INTEGER NOT NULL,
	lines INTEGER NOT NULL,
	attempt INTEGER NOT NULL -- counts the attempts to stage it
) STRICT, WITHOUT ROWID
CREATE TABLE form (
	distributor_id INTEGER NOT NULL,
	form TEXT NOT NULL,
	body TEXT NOT NULL, -- JSON of honne.Form
	PRIMARY KEY (distributor_id, form)
) STRICT, WITHOUT ROWID
CREATE TABLE form_file (
	distributor_id INTEGER NOT NULL,
	form TEXT NOT NULL,
	file_id INTEGER NOT NULL,
	PRIMARY KEY (distributor_id, form, file_id)
) STRICT, WITHOUT ROWID
CREATE TABLE invitation (
	token_hash TEXT NOT NULL PRIMARY KEY,
	distributor_id INTEGER NOT NULL,
	audit INTEGER NOT NULL,
	ends INTEGER NOT NULL,
	n INTEGER NOT NULL, -- counts what was saved, so that two who write see each other
	draft TEXT NOT NULL, -- JSON
	sent INTEGER NOT NULL, -- 0: not yet
	made_by INTEGER NOT NULL
) STRICT, WITHOUT ROWID
CREATE TABLE line_block (
	distributor_id INTEGER NOT NULL,
	submission_id INTEGER NOT NULL,
	first INTEGER NOT NULL, -- number of the first line in it, from 1
	body BLOB NOT NULL, -- pack.go says how
	PRIMARY KEY (distributor_id, submission_id, first)
) STRICT, WITHOUT ROWID
CREATE TABLE listed (
	distributor_id INTEGER NOT NULL,
	file_id INTEGER NOT NULL,
	n INTEGER NOT NULL, -- its place in the file, from 1
	kind TEXT NOT NULL, -- of entry
	same TEXT NOT NULL, -- equal for two rows of one activity, contact or article
	address TEXT NOT NULL, -- JSON: its cells
	body TEXT NOT NULL, -- JSON of the noun
	PRIMARY KEY (distributor_id, file_id, n)
) STRICT, WITHOUT ROWID
CREATE TABLE listed_entry (
	distributor_id INTEGER NOT NULL, -- 0 for the whole house
	kind TEXT NOT NULL,
	same TEXT NOT NULL,
	number INTEGER NOT NULL,
	PRIMARY KEY (distributor_id, kind, same)
) STRICT, WITHOUT ROWID
CREATE TABLE mailbox (
	id INTEGER NOT NULL PRIMARY KEY,
	settings TEXT NOT NULL, -- JSON of honne.Mailbox
	sealed TEXT NOT NULL, -- its secrets; the key is not in the database
	paused INTEGER NOT NULL,
	version INTEGER NOT NULL, -- counts what people changed
	validity INTEGER NOT NULL, -- under which the server numbers its messages
	rule TEXT NOT NULL, -- what was wanted when they were looked at
	uid INTEGER NOT NULL, -- up to which they were
	kept INTEGER NOT NULL,
	dropped INTEGER NOT NULL,
	left_out INTEGER NOT NULL,
	looked INTEGER NOT NULL, -- when all there was had been looked at
	trouble TEXT NOT NULL, -- JSON of honne.Message; empty for none
	failed INTEGER NOT NULL
) STRICT, WITHOUT ROWID
CREATE TABLE memory (
	distributor_id INTEGER NOT NULL,
	header TEXT NOT NULL,
	meaning TEXT NOT NULL,
	PRIMARY KEY (distributor_id, header)
) STRICT, WITHOUT ROWID
CREATE TABLE message (
	distributor_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	key TEXT NOT NULL, -- its Message-ID, or one made of its content
	file_id INTEGER NOT NULL, -- of the mailbox, or 0
	path TEXT NOT NULL,
	received INTEGER NOT NULL,
	basis TEXT NOT NULL CHECK (basis IN ('message', 'stated', 'estimated', 'unknown')),
	recorded INTEGER NOT NULL,
	side TEXT NOT NULL CHECK (side IN ('theirs', 'ours', 'third')),
	kind TEXT NOT NULL CHECK (kind IN ('substance', 'acknowledgement', 'automatic', 'report')),
	asks INTEGER NOT NULL,
	topic TEXT NOT NULL,
	follows INTEGER NOT NULL,
	language TEXT NOT NULL,
	subject TEXT NOT NULL,
	people TEXT NOT NULL, -- JSON: from, to, cc
	answers TEXT NOT NULL, -- keys of the messages that it answers, a line each
	files TEXT NOT NULL, -- JSON: names of what is attached; empty for none
	invites TEXT NOT NULL, -- JSON of honne.Invite; empty for none
	words INTEGER NOT NULL, -- of two messages of one sender with one text the same
	checksum INTEGER NOT NULL, consent TEXT NOT NULL DEFAULT '' CHECK (consent IN ('', 'asked', 'given')), day INTEGER NOT NULL DEFAULT FALSE, program INTEGER NOT NULL DEFAULT TRUE, -- of what is above and the text, for Verify
	PRIMARY KEY (distributor_id, id)
) STRICT, WITHOUT ROWID
CREATE TABLE message_text (
	distributor_id INTEGER NOT NULL,
	message_id INTEGER NOT NULL,
	body TEXT NOT NULL,
	PRIMARY KEY (distributor_id, message_id)
) STRICT, WITHOUT ROWID
CREATE TABLE migration (
	version INTEGER NOT NULL PRIMARY KEY,
	compat INTEGER NOT NULL,
	checksum TEXT NOT NULL,
	applied INTEGER NOT NULL
) STRICT, WITHOUT ROWID
CREATE TABLE name (
	distributor_id INTEGER NOT NULL,
	id INTEGER NOT NULL,
	kind INTEGER NOT NULL,
	role INTEGER NOT NULL,
	disclosure INTEGER NOT NULL,
	site INTEGER NOT NULL,
	code TEXT NOT NULL,
	name TEXT NOT NULL,
	checksum INTEGER NOT NULL, place TEXT NOT NULL DEFAULT '', -- of the columns above, for Verify
	PRIMARY KEY (distributor_id, id)
) STRICT, WITHOUT ROWID
CREATE TABLE notice (
	user_id INTEGER NOT NULL PRIMARY KEY,
	weekly INTEGER NOT NULL,
	sent INTEGER NOT NULL, -- when the last letter was begun; 0 for never
	feed_hash TEXT NOT NULL -- of the secret in the calendar's address; empty for none
) STRICT, WITHOUT ROWID
CREATE TABLE password_link (
	user_id INTEGER NOT NULL PRIMARY KEY REFERENCES users (id),
	token_hash TEXT NOT NULL UNIQUE,
	ends INTEGER NOT NULL
) STRICT, WITHOUT ROWID
CREATE TABLE reading (
	file_id INTEGER NOT NULL PRIMARY KEY,
	body TEXT NOT NULL -- JSON of honne.Reading, without its lines
) STRICT, WITHOUT ROWID
CREATE TABLE receipt (
	file_id INTEGER NOT NULL,
	n INTEGER NOT NULL,
	recorded INTEGER NOT NULL,
	received INTEGER NOT NULL,
	basis TEXT NOT NULL,
	PRIMARY KEY (file_id, n)
) STRICT, WITHOUT ROWID
CREATE TABLE rollup (
	distributor_id INTEGER NOT NULL,
	submission_id INTEGER NOT NULL,
	kind INTEGER NOT NULL, -- 1 by product, 2 by account, 3 by day
	period_from INTEGER NOT NULL,
	period_to INTEGER NOT NULL,
	body BLOB NOT NULL, -- rollup_block.go says how
	PRIMARY KEY (distributor_id, submission_id, kind, period_from, period_to)
) STRICT, WITHOUT ROWID
CREATE TABLE ruling (
	distributor_id INTEGER NOT NULL,
	n INTEGER NOT NULL, -- from 1
	a_id INTEGER NOT NULL, -- of name, as b_id
	b_id INTEGER NOT NULL,
	verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'parent', 'withdrawn')),
	ruled INTEGER NOT NULL,
	ruled_by INTEGER NOT NULL,
	PRIMARY KEY (distributor_id, n)
) STRICT, WITHOUT ROWID
CREATE TABLE session (
	token_hash TEXT NOT NULL PRIMARY KEY,
	user_id INTEGER NOT NULL REFERENCES users (id),
	expires INTEGER NOT NULL
) STRICT, WITHOUT ROWID
CREATE TABLE setting (
	key TEXT NOT NULL PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID
CREATE TABLE stray (
	sha256 TEXT NOT NULL PRIMARY KEY,
	name TEXT NOT NULL,
	size INTEGER NOT NULL,
	sender TEXT NOT NULL,
	received INTEGER NOT NULL,
	basis TEXT NOT NULL CHECK (basis IN ('message', 'stated', 'estimated', 'unknown')),
	settled INTEGER NOT NULL
) STRICT, WITHOUT ROWID
CREATE TABLE submission (
	id INTEGER NOT NULL PRIMARY KEY,
	distributor_id INTEGER NOT NULL,
	file_id INTEGER NOT NULL,
	attempt INTEGER NOT NULL,
	ord INTEGER NOT NULL, -- its place among the parts of the file
	series TEXT NOT NULL,
	scope TEXT NOT NULL,
	part TEXT NOT NULL, -- JSON of honne.Part
	state TEXT NOT NULL CHECK (state IN ('staging', 'staged', 'accepted')),
	lines INTEGER NOT NULL,
	digest TEXT NOT NULL, -- SHA-256 of its lines
	accepted INTEGER NOT NULL,
	accepted_by INTEGER NOT NULL,
	reverses INTEGER NOT NULL -- the submission that this one takes back, or 0
) STRICT, WITHOUT ROWID
CREATE TABLE submission_period (
	distributor_id INTEGER NOT NULL,
	submission_id INTEGER NOT NULL,
	period_from INTEGER NOT NULL,
	period_to INTEGER NOT NULL,
	lines INTEGER NOT NULL,
	quantity INTEGER,
	amount INTEGER,
	agreed INTEGER NOT NULL, -- 0 unless every line was agreed; then the last day
	PRIMARY KEY (distributor_id, submission_id, period_from, period_to)
) STRICT, WITHOUT ROWID
CREATE TABLE taken (
	distributor_id INTEGER NOT NULL,
	kind TEXT NOT NULL,
	number INTEGER NOT NULL, -- of the entry here
	n INTEGER NOT NULL, -- its version here
	origin TEXT NOT NULL, -- of the audit
	code TEXT NOT NULL, -- of the entry where it comes from
	version INTEGER NOT NULL, -- there
	author TEXT NOT NULL, -- a name, as stated
	written INTEGER NOT NULL,
	file TEXT NOT NULL, -- SHA-256 of the file, which is an original
	digest TEXT NOT NULL, -- SHA-256 of the body as it was handed over
	PRIMARY KEY (distributor_id, kind, number, n)
) STRICT, WITHOUT ROWID
CREATE TABLE users (
	id INTEGER NOT NULL PRIMARY KEY,
	name TEXT NOT NULL,
	email TEXT NOT NULL UNIQUE,
	role TEXT NOT NULL,
	admin INTEGER NOT NULL,
	password_hash TEXT NOT NULL,
	language TEXT NOT NULL,
	disabled INTEGER NOT NULL,
	created INTEGER NOT NULL
) STRICT, WITHOUT ROWID
CREATE TABLE voice (
	id TEXT NOT NULL PRIMARY KEY,
	distributor_id INTEGER NOT NULL,
	audit INTEGER NOT NULL,
	owner INTEGER NOT NULL, -- whose key opens the text
	quarter INTEGER NOT NULL, -- its first day
	text TEXT NOT NULL, -- sealed to the interviewer's key, base64
	readings TEXT NOT NULL -- sealed to the audit's key, base64: pool, readings, whether they were released
) STRICT, WITHOUT ROWID
CREATE TABLE voice_key (
	audit INTEGER NOT NULL,
	owner INTEGER NOT NULL, -- the interviewer; 0 for the audit's own key
	recipient TEXT NOT NULL,
	wrapped TEXT NOT NULL, -- sealed under a passphrase
	forget INTEGER NOT NULL, -- the day it is destroyed; 0 while the audit is open
	PRIMARY KEY (audit, owner)
) STRICT, WITHOUT ROWID
CREATE TABLE voice_lent (
	token_hash TEXT NOT NULL PRIMARY KEY,
	audit INTEGER NOT NULL,
	owner INTEGER NOT NULL, -- as in voice_key
	sealed TEXT NOT NULL,
	ends INTEGER NOT NULL
) STRICT, WITHOUT ROWID
CREATE UNIQUE INDEX entry_number ON entry (kind, number, n)
CREATE INDEX file_distributor ON file (distributor_id, sha256)
CREATE INDEX invitation_audit ON invitation (audit)
CREATE INDEX listed_same ON listed (kind, same)
CREATE UNIQUE INDEX message_key ON message (distributor_id, key)
CREATE INDEX notice_feed ON notice (feed_hash)
CREATE INDEX session_of ON session (user_id)
CREATE INDEX submission_distributor ON submission (distributor_id, series, scope)
CREATE INDEX submission_file ON submission (file_id)
CREATE INDEX taken_origin ON taken (origin)
CREATE INDEX voice_audit ON voice (audit)
