-- What taking a change back needs to know.

ALTER TABLE howdah.journal
    -- Relations that were there before and became part of what the remedy made.
    ADD COLUMN adopts      text[] NOT NULL DEFAULT '{}',
    -- How the cluster's nodes were reached: connection strings without passwords.
    ADD COLUMN connections text[] NOT NULL DEFAULT '{}';
