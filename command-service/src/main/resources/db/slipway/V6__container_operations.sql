-- Work on single containers goes on side by side: a service may have several operations.
ALTER TABLE operations DROP CONSTRAINT operations_pkey;
ALTER TABLE operations ADD PRIMARY KEY (operation);
CREATE INDEX operations_by_service ON operations (service);
