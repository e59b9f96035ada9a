package dev.slipway.model.service;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The ten states of a service, with the API page's words for them. */
public enum ServiceLifecycle {
  NOT_RUNNING("Not running"),
  STARTING("Starting"),
  RUNNING("Running"),
  PARTLY_RUNNING("Partly running"),
  SCALING("Scaling"),
  REDEPLOYING("Redeploying"),
  STOPPING("Stopping"),
  STOPPED("Stopped"),
  TERMINATING("Terminating"),
  TERMINATED("Terminated");

  /** The states in which no operation is in progress. */
  public static final Set<ServiceLifecycle> STABLE =
      Collections.unmodifiableSet(EnumSet.of(NOT_RUNNING, RUNNING, PARTLY_RUNNING, STOPPED));

  private final String text;

  ServiceLifecycle(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  /** The state with these words; {@code Init} is an old client's name for Not running. */
  public static Optional<ServiceLifecycle> of(String text) {
    return Arrays.stream(values())
        .filter(state -> state.text.equals(text) || (state == NOT_RUNNING && text.equals("Init")))
        .findFirst();
  }
}
