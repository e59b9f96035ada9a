-- Commands that are run by hand in containers, while they are, and when they were last heard of.
CREATE TABLE exec_sessions (
    action TEXT PRIMARY KEY,
    heard  TIMESTAMPTZ NOT NULL DEFAULT now()
);
