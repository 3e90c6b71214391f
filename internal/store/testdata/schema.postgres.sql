change.distributor_id bigint NOT NULL
change.submission_id bigint NOT NULL
change.before_id bigint NOT NULL
change.period_from bigint NOT NULL
change.period_to bigint NOT NULL
change.product_id bigint NOT NULL
change.quantity_before bigint
change.amount_before bigint
change.quantity_after bigint
change.amount_after bigint
change.reason_id bigint NOT NULL
compared.distributor_id bigint NOT NULL
compared.submission_id bigint NOT NULL
compared.before_id bigint NOT NULL
compared.period_from bigint NOT NULL
compared.period_to bigint NOT NULL
counter.name text NOT NULL
counter.last bigint NOT NULL
decision.file_id bigint NOT NULL
decision.n bigint NOT NULL
decision.body text NOT NULL
decision.decided bigint NOT NULL
decision.decided_by bigint NOT NULL
distributor.id bigint NOT NULL
distributor.slug text NOT NULL
distributor.sample boolean NOT NULL
distributor.profile text NOT NULL
distributor.heard bigint NOT NULL DEFAULT 0
entry.distributor_id bigint NOT NULL
entry.kind text NOT NULL
entry.number bigint NOT NULL
entry.n bigint NOT NULL
entry.body text NOT NULL
entry.withdrawn boolean NOT NULL
entry.why text NOT NULL
entry.entered bigint NOT NULL
entry.entered_by bigint NOT NULL
entry.checksum bigint NOT NULL
event.n bigint NOT NULL
event.at bigint NOT NULL
event.user_id bigint NOT NULL
event.verb text NOT NULL
event.object text NOT NULL
event.detail text NOT NULL
event.hash text NOT NULL
file.id bigint NOT NULL
file.distributor_id bigint NOT NULL
file.path text NOT NULL
file.sha256 text NOT NULL
file.size bigint NOT NULL
file.format text NOT NULL
file.received bigint NOT NULL
file.basis text NOT NULL
file.side text NOT NULL
file.state text NOT NULL
file.loaded bigint NOT NULL
file.loaded_by bigint NOT NULL
file.accepted bigint NOT NULL
file.accepted_by bigint NOT NULL
file.problems bigint NOT NULL
file.lines bigint NOT NULL
file.attempt bigint NOT NULL
form.distributor_id bigint NOT NULL
form.form text NOT NULL
form.body text NOT NULL
form_file.distributor_id bigint NOT NULL
form_file.form text NOT NULL
form_file.file_id bigint NOT NULL
invitation.token_hash text NOT NULL
invitation.distributor_id bigint NOT NULL
invitation.audit bigint NOT NULL
invitation.ends bigint NOT NULL
invitation.n bigint NOT NULL
invitation.draft text NOT NULL
invitation.sent bigint NOT NULL
invitation.made_by bigint NOT NULL
line_block.distributor_id bigint NOT NULL
line_block.submission_id bigint NOT NULL
line_block.first bigint NOT NULL
line_block.body bytea NOT NULL
listed.distributor_id bigint NOT NULL
listed.file_id bigint NOT NULL
listed.n bigint NOT NULL
listed.kind text NOT NULL
listed.same text NOT NULL
listed.address text NOT NULL
listed.body text NOT NULL
listed_entry.distributor_id bigint NOT NULL
listed_entry.kind text NOT NULL
listed_entry.same text NOT NULL
listed_entry.number bigint NOT NULL
mailbox.id bigint NOT NULL
mailbox.settings text NOT NULL
mailbox.sealed text NOT NULL
mailbox.paused boolean NOT NULL
mailbox.version bigint NOT NULL
mailbox.validity bigint NOT NULL
mailbox.rule text NOT NULL
mailbox.uid bigint NOT NULL
mailbox.kept bigint NOT NULL
mailbox.dropped bigint NOT NULL
mailbox.left_out bigint NOT NULL
mailbox.looked bigint NOT NULL
mailbox.trouble text NOT NULL
mailbox.failed bigint NOT NULL
memory.distributor_id bigint NOT NULL
memory.header text NOT NULL
memory.meaning text NOT NULL
message.distributor_id bigint NOT NULL
message.id bigint NOT NULL
message.key text NOT NULL
message.file_id bigint NOT NULL
message.path text NOT NULL
message.received bigint NOT NULL
message.basis text NOT NULL
message.recorded bigint NOT NULL
message.side text NOT NULL
message.kind text NOT NULL
message.asks bigint NOT NULL
message.topic text NOT NULL
message.follows boolean NOT NULL
message.language text NOT NULL
message.subject text NOT NULL
message.people text NOT NULL
message.answers text NOT NULL
message.files text NOT NULL
message.invites text NOT NULL
message.words bigint NOT NULL
message.checksum bigint NOT NULL
message.consent text NOT NULL DEFAULT ''::text
message.day boolean NOT NULL DEFAULT false
message.program boolean NOT NULL DEFAULT true
message_text.distributor_id bigint NOT NULL
message_text.message_id bigint NOT NULL
message_text.body text NOT NULL
migration.version bigint NOT NULL
migration.compat bigint NOT NULL
migration.checksum text NOT NULL
migration.applied bigint NOT NULL
name.distributor_id bigint NOT NULL
name.id bigint NOT NULL
name.kind bigint NOT NULL
name.role bigint NOT NULL
name.disclosure bigint NOT NULL
name.site boolean NOT NULL
name.code text NOT NULL
name.name text NOT NULL
name.checksum bigint NOT NULL
name.place text NOT NULL DEFAULT ''::text
notice.user_id bigint NOT NULL
notice.weekly boolean NOT NULL
notice.sent bigint NOT NULL
notice.feed_hash text NOT NULL
password_link.user_id bigint NOT NULL
password_link.token_hash text NOT NULL
password_link.ends bigint NOT NULL
reading.file_id bigint NOT NULL
reading.body text NOT NULL
receipt.file_id bigint NOT NULL
receipt.n bigint NOT NULL
receipt.recorded bigint NOT NULL
receipt.received bigint NOT NULL
receipt.basis text NOT NULL
rollup.distributor_id bigint NOT NULL
rollup.submission_id bigint NOT NULL
rollup.kind bigint NOT NULL
rollup.period_from bigint NOT NULL
rollup.period_to bigint NOT NULL
rollup.body bytea NOT NULL
ruling.distributor_id bigint NOT NULL
ruling.n bigint NOT NULL
ruling.a_id bigint NOT NULL
ruling.b_id bigint NOT NULL
ruling.verdict text NOT NULL
ruling.ruled bigint NOT NULL
ruling.ruled_by bigint NOT NULL
session.token_hash text NOT NULL
session.user_id bigint NOT NULL
session.expires bigint NOT NULL
setting.key text NOT NULL
setting.value text NOT NULL
stray.sha256 text NOT NULL
stray.name text NOT NULL
stray.size bigint NOT NULL
stray.sender text NOT NULL
stray.received bigint NOT NULL
stray.basis text NOT NULL
stray.settled boolean NOT NULL
submission.id bigint NOT NULL
submission.distributor_id bigint NOT NULL
submission.file_id bigint NOT NULL
submission.attempt bigint NOT NULL
submission.ord bigint NOT NULL
submission.series text NOT NULL
submission.scope text NOT NULL
submission.part text NOT NULL
submission.state text NOT NULL
submission.lines bigint NOT NULL
submission.digest text NOT NULL
submission.accepted bigint NOT NULL
submission.accepted_by bigint NOT NULL
submission.reverses bigint NOT NULL
submission_period.distributor_id bigint NOT NULL
submission_period.submission_id bigint NOT NULL
submission_period.period_from bigint NOT NULL
submission_period.period_to bigint NOT NULL
submission_period.lines bigint NOT NULL
submission_period.quantity bigint
submission_period.amount bigint
submission_period.agreed bigint NOT NULL
taken.distributor_id bigint NOT NULL
taken.kind text NOT NULL
taken.number bigint NOT NULL
taken.n bigint NOT NULL
taken.origin text NOT NULL
taken.code text NOT NULL
taken.version bigint NOT NULL
taken.author text NOT NULL
taken.written bigint NOT NULL
taken.file text NOT NULL
taken.digest text NOT NULL
users.id bigint NOT NULL
users.name text NOT NULL
users.email text NOT NULL
users.role text NOT NULL
users.admin boolean NOT NULL
users.password_hash text NOT NULL
users.language text NOT NULL
users.disabled boolean NOT NULL
users.created bigint NOT NULL
voice.id text NOT NULL
voice.distributor_id bigint NOT NULL
voice.audit bigint NOT NULL
voice.owner bigint NOT NULL
voice.quarter bigint NOT NULL
voice.text text NOT NULL
voice.readings text NOT NULL
voice_key.audit bigint NOT NULL
voice_key.owner bigint NOT NULL
voice_key.recipient text NOT NULL
voice_key.wrapped text NOT NULL
voice_key.forget bigint NOT NULL
voice_lent.token_hash text NOT NULL
voice_lent.audit bigint NOT NULL
voice_lent.owner bigint NOT NULL
voice_lent.sealed text NOT NULL
voice_lent.ends bigint NOT NULL

change change_pkey PRIMARY KEY (distributor_id, submission_id, before_id, period_from, period_to, product_id)
compared compared_pkey PRIMARY KEY (distributor_id, submission_id, before_id, period_from, period_to)
counter counter_pkey PRIMARY KEY (name)
decision decision_pkey PRIMARY KEY (file_id, n)
distributor distributor_pkey PRIMARY KEY (id)
distributor distributor_slug_key UNIQUE (slug)
entry entry_pkey PRIMARY KEY (distributor_id, kind, number, n)
event event_pkey PRIMARY KEY (n)
file file_basis_check CHECK ((basis = ANY (ARRAY['message'::text, 'stated'::text, 'estimated'::text, 'unknown'::text])))
file file_pkey PRIMARY KEY (id)
file file_side_check CHECK ((side = ANY (ARRAY['theirs'::text, 'ours'::text, 'third'::text])))
file file_state_check CHECK ((state = ANY (ARRAY['reading'::text, 'to-resolve'::text, 'ready'::text, 'accepted'::text, 'unreadable'::text, 'set-aside'::text, 'undone'::text])))
form form_pkey PRIMARY KEY (distributor_id, form)
form_file form_file_pkey PRIMARY KEY (distributor_id, form, file_id)
invitation invitation_pkey PRIMARY KEY (token_hash)
line_block line_block_pkey PRIMARY KEY (distributor_id, submission_id, first)
listed listed_pkey PRIMARY KEY (distributor_id, file_id, n)
listed_entry listed_entry_pkey PRIMARY KEY (distributor_id, kind, same)
mailbox mailbox_pkey PRIMARY KEY (id)
memory memory_pkey PRIMARY KEY (distributor_id, header)
message message_basis_check CHECK ((basis = ANY (ARRAY['message'::text, 'stated'::text, 'estimated'::text, 'unknown'::text])))
message message_consent_check CHECK ((consent = ANY (ARRAY[''::text, 'asked'::text, 'given'::text])))
message message_kind_check CHECK ((kind = ANY (ARRAY['substance'::text, 'acknowledgement'::text, 'automatic'::text, 'report'::text])))
message message_pkey PRIMARY KEY (distributor_id, id)
message message_side_check CHECK ((side = ANY (ARRAY['theirs'::text, 'ours'::text, 'third'::text])))
message_text message_text_pkey PRIMARY KEY (distributor_id, message_id)
migration migration_pkey PRIMARY KEY (version)
name name_pkey PRIMARY KEY (distributor_id, id)
notice notice_pkey PRIMARY KEY (user_id)
password_link password_link_pkey PRIMARY KEY (user_id)
password_link password_link_token_hash_key UNIQUE (token_hash)
password_link password_link_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
reading reading_pkey PRIMARY KEY (file_id)
receipt receipt_pkey PRIMARY KEY (file_id, n)
rollup rollup_pkey PRIMARY KEY (distributor_id, submission_id, kind, period_from, period_to)
ruling ruling_pkey PRIMARY KEY (distributor_id, n)
ruling ruling_verdict_check CHECK ((verdict = ANY (ARRAY['same'::text, 'different'::text, 'parent'::text, 'withdrawn'::text])))
session session_pkey PRIMARY KEY (token_hash)
session session_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
setting setting_pkey PRIMARY KEY (key)
stray stray_basis_check CHECK ((basis = ANY (ARRAY['message'::text, 'stated'::text, 'estimated'::text, 'unknown'::text])))
stray stray_pkey PRIMARY KEY (sha256)
submission submission_pkey PRIMARY KEY (id)
submission submission_state_check CHECK ((state = ANY (ARRAY['staging'::text, 'staged'::text, 'accepted'::text])))
submission_period submission_period_pkey PRIMARY KEY (distributor_id, submission_id, period_from, period_to)
taken taken_pkey PRIMARY KEY (distributor_id, kind, number, n)
users users_email_key UNIQUE (email)
users users_pkey PRIMARY KEY (id)
voice voice_pkey PRIMARY KEY (id)
voice_key voice_key_pkey PRIMARY KEY (audit, owner)
voice_lent voice_lent_pkey PRIMARY KEY (token_hash)

CREATE UNIQUE INDEX change_pkey ON public.change USING btree (distributor_id, submission_id, before_id, period_from, period_to, product_id)
CREATE UNIQUE INDEX compared_pkey ON public.compared USING btree (distributor_id, submission_id, before_id, period_from, period_to)
CREATE UNIQUE INDEX counter_pkey ON public.counter USING btree (name)
CREATE UNIQUE INDEX decision_pkey ON public.decision USING btree (file_id, n)
CREATE UNIQUE INDEX distributor_pkey ON public.distributor USING btree (id)
CREATE UNIQUE INDEX distributor_slug_key ON public.distributor USING btree (slug)
CREATE UNIQUE INDEX entry_number ON public.entry USING btree (kind, number, n)
CREATE UNIQUE INDEX entry_pkey ON public.entry USING btree (distributor_id, kind, number, n)
CREATE UNIQUE INDEX event_pkey ON public.event USING btree (n)
CREATE INDEX file_distributor ON public.file USING btree (distributor_id, sha256)
CREATE UNIQUE INDEX file_pkey ON public.file USING btree (id)
CREATE UNIQUE INDEX form_file_pkey ON public.form_file USING btree (distributor_id, form, file_id)
CREATE UNIQUE INDEX form_pkey ON public.form USING btree (distributor_id, form)
CREATE INDEX invitation_audit ON public.invitation USING btree (audit)
CREATE UNIQUE INDEX invitation_pkey ON public.invitation USING btree (token_hash)
CREATE UNIQUE INDEX line_block_pkey ON public.line_block USING btree (distributor_id, submission_id, first)
CREATE UNIQUE INDEX listed_entry_pkey ON public.listed_entry USING btree (distributor_id, kind, same)
CREATE UNIQUE INDEX listed_pkey ON public.listed USING btree (distributor_id, file_id, n)
CREATE INDEX listed_same ON public.listed USING btree (kind, same)
CREATE UNIQUE INDEX mailbox_pkey ON public.mailbox USING btree (id)
CREATE UNIQUE INDEX memory_pkey ON public.memory USING btree (distributor_id, header)
CREATE UNIQUE INDEX message_key ON public.message USING btree (distributor_id, key)
CREATE UNIQUE INDEX message_pkey ON public.message USING btree (distributor_id, id)
CREATE UNIQUE INDEX message_text_pkey ON public.message_text USING btree (distributor_id, message_id)
CREATE UNIQUE INDEX migration_pkey ON public.migration USING btree (version)
CREATE UNIQUE INDEX name_pkey ON public.name USING btree (distributor_id, id)
CREATE INDEX notice_feed ON public.notice USING btree (feed_hash)
CREATE UNIQUE INDEX notice_pkey ON public.notice USING btree (user_id)
CREATE UNIQUE INDEX password_link_pkey ON public.password_link USING btree (user_id)
CREATE UNIQUE INDEX password_link_token_hash_key ON public.password_link USING btree (token_hash)
CREATE UNIQUE INDEX reading_pkey ON public.reading USING btree (file_id)
CREATE UNIQUE INDEX receipt_pkey ON public.receipt USING btree (file_id, n)
CREATE UNIQUE INDEX rollup_pkey ON public.rollup USING btree (distributor_id, submission_id, kind, period_from, period_to)
CREATE UNIQUE INDEX ruling_pkey ON public.ruling USING btree (distributor_id, n)
CREATE INDEX session_of ON public.session USING btree (user_id)
CREATE UNIQUE INDEX session_pkey ON public.session USING btree (token_hash)
CREATE UNIQUE INDEX setting_pkey ON public.setting USING btree (key)
CREATE UNIQUE INDEX stray_pkey ON public.stray USING btree (sha256)
CREATE INDEX submission_distributor ON public.submission USING btree (distributor_id, series, scope)
CREATE INDEX submission_file ON public.submission USING btree (file_id)
CREATE UNIQUE INDEX submission_period_pkey ON public.submission_period USING btree (distributor_id, submission_id, period_from, period_to)
CREATE UNIQUE INDEX submission_pkey ON public.submission USING btree (id)
CREATE INDEX taken_origin ON public.taken USING btree (origin)
CREATE UNIQUE INDEX taken_pkey ON public.taken USING btree (distributor_id, kind, number, n)
CREATE UNIQUE INDEX users_email_key ON public.users USING btree (email)
CREATE UNIQUE INDEX users_pkey ON public.users USING btree (id)
CREATE INDEX voice_audit ON public.voice USING btree (audit)
CREATE UNIQUE INDEX voice_key_pkey ON public.voice_key USING btree (audit, owner)
CREATE UNIQUE INDEX voice_lent_pkey ON public.voice_lent USING btree (token_hash)
CREATE UNIQUE INDEX voice_pkey ON public.voice USING btree (id)
