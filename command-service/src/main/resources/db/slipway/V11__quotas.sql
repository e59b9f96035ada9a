-- What namespaces use of their quotas, written in the transaction of the events.
ALTER TABLE services ADD COLUMN containers BIGINT NOT NULL DEFAULT 0;
ALTER TABLE services ADD COLUMN triggers BIGINT NOT NULL DEFAULT 0;

UPDATE services SET
    containers = (SELECT count(*) FROM placements p WHERE p.service = services.service),
    triggers = (SELECT count(*) FILTER (WHERE payload_type = 'TriggerCreated')
                     - count(*) FILTER (WHERE payload_type = 'TriggerDeleted')
                FROM events e WHERE e.aggregate_identifier = services.service);

CREATE TABLE stacks (
    stack     TEXT PRIMARY KEY,
    namespace TEXT NOT NULL
);

CREATE INDEX stacks_by_namespace ON stacks (namespace);

INSERT INTO stacks (stack, namespace)
    SELECT aggregate_identifier, payload::json ->> 'namespace'
    FROM events c WHERE payload_type = 'StackCreated' AND NOT EXISTS (
        SELECT FROM events t WHERE t.aggregate_identifier = c.aggregate_identifier AND t.payload_type = 'StackTerminated');

-- Several rows of one namespace, so that writers do not wait for each other.
CREATE TABLE stored_bytes (
    namespace TEXT    NOT NULL,
    shard     INTEGER NOT NULL,
    bytes     BIGINT  NOT NULL,
    PRIMARY KEY (namespace, shard)
);
