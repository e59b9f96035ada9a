-- Keys that seal the secrets of namespaces, themselves sealed by the master key. They are in no
-- event: without its row here nothing that the namespace sealed can be opened any more.
CREATE TABLE data_keys (
    namespace  TEXT PRIMARY KEY,
    sealed_key TEXT        NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now()
);

-- The ledger's logins for registries, with sealed passwords.
CREATE TABLE registry_logins (
    namespace TEXT NOT NULL,
    scope     TEXT NOT NULL,
    username  TEXT NOT NULL,
    password  TEXT NOT NULL,
    PRIMARY KEY (namespace, scope)
);

-- The images that services were given last.
ALTER TABLE services ADD COLUMN image TEXT;

UPDATE services s SET image = (
    SELECT coalesce(payload::json #>> '{definition,image}', payload::json #>> '{changes,image}')
    FROM events e
    WHERE e.aggregate_identifier = s.service
      AND e.payload_type IN ('ServiceCreated', 'ServiceUpdated')
      AND coalesce(payload::json #>> '{definition,image}', payload::json #>> '{changes,image}') IS NOT NULL
    ORDER BY e.sequence_number DESC
    LIMIT 1);
