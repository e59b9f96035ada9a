/** Kafka, PostgreSQL and a stand-in for MongoDB, for those who bring none of their own. */
@NullMarked
package dev.slipway.standalone.embedded;

import org.jspecify.annotations.NullMarked;
