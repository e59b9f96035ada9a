-- Subjects whose events from this one on are not published: it cannot be read, or Kafka refuses it.
CREATE TABLE parked_subjects (
    subject   TEXT PRIMARY KEY,
    aggregate TEXT        NOT NULL,
    sequence  BIGINT      NOT NULL,
    position  BIGINT      NOT NULL,
    reason    TEXT        NOT NULL,
    parked_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    repaired  BOOLEAN     NOT NULL DEFAULT FALSE,
    abandoned BOOLEAN     NOT NULL DEFAULT FALSE
);

-- Events as they were stored before an operator repaired them.
CREATE TABLE repaired_events (
    position         BIGINT      NOT NULL,
    subject          TEXT        NOT NULL,
    sequence         BIGINT      NOT NULL,
    payload_type     TEXT        NOT NULL,
    payload_revision TEXT,
    payload          TEXT        NOT NULL,
    repaired_by      TEXT        NOT NULL,
    reason           TEXT        NOT NULL,
    repaired_at      TIMESTAMPTZ NOT NULL DEFAULT now(),
    published        BIGINT -- the position of the log when its subject was published again
);
