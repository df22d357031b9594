-- What Howdah changed on the clusters it looks after, and who allowed it.

-- One row for each process that runs remedies, so that others can tell whether it still lives.
CREATE TABLE howdah.runner (
    id              uuid        PRIMARY KEY,
    host            text        NOT NULL,
    pid             bigint      NOT NULL,
    process_started timestamptz NOT NULL,
    started_at      timestamptz NOT NULL,
    heartbeat_at    timestamptz NOT NULL,
    ended_at        timestamptz
);

CREATE TABLE howdah.journal (
    id               bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    runner           uuid        NOT NULL REFERENCES howdah.runner,
    cluster          text        NOT NULL,
    database         text        NOT NULL,
    kind             text        NOT NULL,
    subject_kind     text        NOT NULL,
    subject          text        NOT NULL,
    -- The table that it concerns, quoted.
    table_name       text,
    -- The identifier and sentence of the finding that proposed it; empty for an undo.
    finding          text        NOT NULL,
    finding_summary  text        NOT NULL,
    allowed_by       text        NOT NULL,
    lock_mode        text        NOT NULL,
    state            text        NOT NULL CHECK (state IN ('PLANNED', 'RUNNING', 'DONE', 'NOT_PROVEN', 'REFUSED', 'FAILED', 'INTERRUPTED', 'UNDONE')),
    reason           text        NOT NULL DEFAULT '',
    planned_at       timestamptz NOT NULL,
    started_at       timestamptz,
    ended_at         timestamptz,
    -- The measure that must improve, as read before and after.
    aim_measure      text,
    aim_unit         text,
    aim_before       double precision,
    aim_after        double precision,
    -- What the guards said before it began, one sentence each.
    guards           text[]      NOT NULL DEFAULT '{}',
    undo             text[]      NOT NULL DEFAULT '{}',
    undo_of          bigint      REFERENCES howdah.journal,
    undone_by        bigint      REFERENCES howdah.journal,
    -- A query of the changed object and its answer afterwards: an undo refuses when the answer is another by then.
    state_query      text,
    state_after      text,
    -- Relations that this remedy makes; what is left of them after an interruption has to go.
    makes            text[]      NOT NULL DEFAULT '{}',
    backend_pid      integer,
    backend_started  timestamptz
);

CREATE INDEX journal_cluster_idx ON howdah.journal (cluster, id);
CREATE INDEX journal_unfinished_idx ON howdah.journal (runner) WHERE state IN ('PLANNED', 'RUNNING');

CREATE TABLE howdah.journal_statement (
    journal    bigint      NOT NULL REFERENCES howdah.journal ON DELETE CASCADE,
    position   integer     NOT NULL,
    statement  text        NOT NULL,
    attempt    integer     NOT NULL,
    lock_mode  text        NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at   timestamptz,
    outcome    text        NOT NULL CHECK (outcome IN ('RUNNING', 'DONE', 'FAILED', 'CANCELLED')),
    sqlstate   text        NOT NULL DEFAULT '',
    message    text        NOT NULL DEFAULT '',
    -- Milliseconds for which locks were waited for, and for which they were held.
    waited_ms  bigint      NOT NULL DEFAULT 0,
    held_ms    bigint      NOT NULL DEFAULT 0,
    PRIMARY KEY (journal, position)
);
