package dev.slipway.model.container;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The result of the health check that an image brings along ({@code HEALTHCHECK}), as the Engine
 * has it.
 *
 * @param output of the last check, null unless it failed
 */
public record ContainerHealth(Status status, @Nullable String output) {

  /** The Engine's words. */
  public enum Status {
    STARTING,
    HEALTHY,
    UNHEALTHY;

    /** As the API and the Engine have it. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
