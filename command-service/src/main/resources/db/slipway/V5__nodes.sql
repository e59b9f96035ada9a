-- What users decide of nodes, and how far a drain has come: drain_action is null once nothing is
-- moved away any more.
ALTER TABLE nodes ADD COLUMN user_tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE nodes ADD COLUMN silent_since TIMESTAMPTZ;
ALTER TABLE nodes ADD COLUMN draining BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE nodes ADD COLUMN drain_action TEXT;
ALTER TABLE nodes ADD COLUMN drain_deadline TIMESTAMPTZ;

ALTER TABLE placements ADD COLUMN slot INTEGER NOT NULL DEFAULT 0;
CREATE INDEX placements_by_node ON placements (node);

-- Services that follow the nodes by themselves.
CREATE TABLE node_followers (
    service    TEXT PRIMARY KEY,
    every_node BOOLEAN NOT NULL,
    reschedule BOOLEAN NOT NULL
);

-- Slots that have no container for want of a node.
CREATE TABLE owed_slots (
    service TEXT    NOT NULL,
    slot    INTEGER NOT NULL,
    PRIMARY KEY (service, slot)
);
