package dev.slipway.model.container;

import dev.slipway.model.service.ServiceId;
import java.time.Instant;

/**
 * One line that a container wrote.
 *
 * @param source the container's name, such as {@code web-1}
 * @param time when the Engine took it, to the nanosecond
 * @param offset counts the lines of one container from 0 without a gap: a line shipped twice has
 *     the same one
 * @param text without the newline at its end
 */
public record LogLine(
    ServiceId service,
    ContainerId container,
    String source,
    Stream stream,
    Instant time,
    long offset,
    String text) {

  /** Where the line was written to, as the API names it. */
  public enum Stream {
    STDOUT,
    STDERR
  }
}
