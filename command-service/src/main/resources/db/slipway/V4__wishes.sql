-- The services that may be referred to, by what they may be called. One that is being terminated is
-- there, but not live; one that is terminated is not there.
CREATE TABLE services (
    service   TEXT PRIMARY KEY,
    namespace TEXT    NOT NULL,
    name      TEXT    NOT NULL,
    stack     TEXT,
    created   BIGINT  NOT NULL,
    live      BOOLEAN NOT NULL DEFAULT TRUE
);

CREATE INDEX services_by_name ON services (namespace, name);

-- Which services refer to which: by links (kind LINK, with the link's name) or for their volumes
-- (kind VOLUMES). In the order in which the definition has them.
CREATE TABLE service_references (
    from_service TEXT    NOT NULL,
    kind         TEXT    NOT NULL,
    number       INTEGER NOT NULL,
    to_service   TEXT    NOT NULL,
    name         TEXT,
    PRIMARY KEY (from_service, kind, number)
);

CREATE INDEX service_references_by_target ON service_references (to_service, kind);
