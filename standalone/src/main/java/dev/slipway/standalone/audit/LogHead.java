package dev.slipway.standalone.audit;

/**
 * Which log PostgreSQL has, and how far it counts as published.
 *
 * @param published the position up to which Kafka must have everything
 */
record LogHead(String installation, int epoch, long published) {}
