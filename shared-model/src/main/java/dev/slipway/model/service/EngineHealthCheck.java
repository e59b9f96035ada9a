package dev.slipway.model.service;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The health check that the Engine runs in each container for as long as it lives, in place of the
 * image's own. Times are in seconds; what is null is as the image or the Engine has it.
 *
 * @param test {@code NONE}, {@code CMD} and its words, or {@code CMD-SHELL} and a line; empty for
 *     the image's own
 * @param startPeriod after a start, in which failures do not count
 * @param startInterval from one check to the next in that time, where the Engine knows it
 * @param retries how many failures in a row make a container unhealthy
 */
public record EngineHealthCheck(
    List<String> test,
    @Nullable Integer interval,
    @Nullable Integer timeout,
    @Nullable Integer startPeriod,
    @Nullable Integer startInterval,
    @Nullable Integer retries) {

  public EngineHealthCheck {
    test = List.copyOf(test);
  }
}
