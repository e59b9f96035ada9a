-- The names of services stood in two tables that were always written together.
ALTER TABLE services RENAME COLUMN stack TO stack_name;
ALTER TABLE services ADD COLUMN stack TEXT;
ALTER TABLE services ADD COLUMN number BIGINT;

UPDATE services s SET stack = n.stack, number = n.number FROM named_services n WHERE n.service = s.service;

ALTER TABLE services ALTER COLUMN number SET NOT NULL;
ALTER TABLE services ALTER COLUMN number ADD GENERATED ALWAYS AS IDENTITY;
SELECT setval(pg_get_serial_sequence('services', 'number'), coalesce(max(number), 0) + 1, FALSE) FROM services;

CREATE INDEX services_by_stack ON services (stack) WHERE stack IS NOT NULL;

DROP TABLE named_services;
