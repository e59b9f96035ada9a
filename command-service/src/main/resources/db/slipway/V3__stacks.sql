-- The services that are not terminated, by name; written in the transaction of their events.
CREATE TABLE named_services (
    service    TEXT PRIMARY KEY,
    namespace  TEXT NOT NULL,
    name       TEXT NOT NULL,
    stack      TEXT,
    stack_name TEXT,
    number     BIGINT GENERATED ALWAYS AS IDENTITY
);

CREATE INDEX named_services_by_name ON named_services (namespace, name);
CREATE INDEX named_services_by_stack ON named_services (stack);

-- What a stack has to ask of its services, written in the transaction of the stack's events. A row is
-- sent when its service has taken or refused it; rows of an operation stay until it has ended.
CREATE TABLE stack_work (
    action         TEXT    NOT NULL,
    place          INTEGER NOT NULL,
    stack          TEXT    NOT NULL,
    service        TEXT    NOT NULL,
    service_action TEXT    NOT NULL,
    type           TEXT    NOT NULL,
    command        TEXT    NOT NULL,
    deadline       TIMESTAMPTZ,
    sent           BOOLEAN NOT NULL DEFAULT FALSE,
    refusal        TEXT,
    PRIMARY KEY (action, place)
);

CREATE INDEX stack_work_by_stack ON stack_work (stack);
