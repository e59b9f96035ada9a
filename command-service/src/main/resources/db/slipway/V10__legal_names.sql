-- Names that were derived from images and broke the rule for names: events are restored with the
-- nearest legal name, and references find the service under it.
UPDATE services
SET name = coalesce(
    nullif(
        left(
            regexp_replace(
                regexp_replace(name, '^[^A-Za-z0-9]+', ''), '[^A-Za-z0-9_-]', '-', 'g'),
            63),
        ''),
    'service')
WHERE name !~ '^[A-Za-z0-9][A-Za-z0-9_-]{0,62}$';
