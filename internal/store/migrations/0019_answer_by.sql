-- v19 (compatible with v19+): whether a message asks when, or only promises an answer by a day, and whether its head says that a program wrote it, which is not known of older ones; both are part of the checksum
ALTER TABLE message ADD COLUMN day BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE message ADD COLUMN program BOOLEAN NOT NULL DEFAULT TRUE;
