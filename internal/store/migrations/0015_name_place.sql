-- v15 (compatible with v15+): where a party is, prefecture and municipality, from an address beside its name; it is part of the checksum
ALTER TABLE name ADD COLUMN place TEXT NOT NULL DEFAULT '';
