-- v18 (compatible with v18+): whether a message asks for no more than agreement, or gives it; it is part of the checksum
ALTER TABLE message ADD COLUMN consent TEXT NOT NULL DEFAULT '' CHECK (consent IN ('', 'asked', 'given'));
