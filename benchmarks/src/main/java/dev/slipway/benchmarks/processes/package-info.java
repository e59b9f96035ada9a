/** What is measured, as processes: Slipway, its agent, Swarm, PostgreSQL. */
@NullMarked
package dev.slipway.benchmarks.processes;

import org.jspecify.annotations.NullMarked;
