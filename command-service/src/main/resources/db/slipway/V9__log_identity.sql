-- The identity of the log. Every record in Kafka carries the installation, the epoch, the term of
-- its publisher and its position: the number of its event in the order (tx, global_index), counted from 1.
CREATE TABLE installation (
    only_row     BOOLEAN PRIMARY KEY DEFAULT TRUE CHECK (only_row),
    id           TEXT    NOT NULL DEFAULT gen_random_uuid()::text,
    epoch        INTEGER NOT NULL DEFAULT 1,
    epoch_reason TEXT,
    tx_offset    BIGINT  NOT NULL DEFAULT 0
);

INSERT INTO installation DEFAULT VALUES;

-- The terms of publishers: each take-over begins one. The last position is that of the log when the
-- term ended, null while it lasts.
CREATE TABLE terms (
    term   TEXT PRIMARY KEY,
    number INTEGER NOT NULL,
    last   BIGINT,
    begun  TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- The mark as a position, and the last position sent to each partition (JSON; null: not known).
ALTER TABLE published ADD COLUMN position BIGINT NOT NULL DEFAULT 0;
ALTER TABLE published ADD COLUMN partitions TEXT;

UPDATE published p SET position =
    (SELECT count(*) FROM events e WHERE (e.tx, e.global_index) <= (p.tx, p.global_index));

-- Every transaction of this server before this one has ended.
CREATE FUNCTION log_horizon() RETURNS xid8 LANGUAGE sql STABLE AS
$$ SELECT ((pg_snapshot_xmin(pg_current_snapshot())::text::bigint + tx_offset)::text)::xid8 FROM installation $$;

-- Events that were restored from a dump carry transaction numbers of another server, which may be
-- higher than this one's. New events then add an offset, so that they come after the restored ones.
CREATE FUNCTION keep_log_order() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    newest BIGINT;
    upcoming BIGINT;
BEGIN
    FOR attempt IN 1..2 LOOP
        SELECT tx::text::bigint INTO newest FROM events ORDER BY tx DESC, global_index DESC LIMIT 1;
        SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint + tx_offset INTO upcoming FROM installation;
        IF newest IS NULL OR newest < upcoming THEN
            RETURN;
        END IF;
        IF attempt = 1 THEN
            LOCK TABLE events IN ACCESS EXCLUSIVE MODE;
        END IF;
    END LOOP;
    UPDATE installation SET tx_offset = newest;
    EXECUTE format(
        'ALTER TABLE events ALTER COLUMN tx SET DEFAULT ((pg_current_xact_id()::text::bigint + %s)::text)::xid8',
        newest);
END $$;

SELECT keep_log_order();
