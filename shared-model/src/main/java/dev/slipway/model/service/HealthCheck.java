package dev.slipway.model.service;

import org.jspecify.annotations.Nullable;

/**
 * How to tell that a new container does its work: until a check passes it counts as starting.
 *
 * @param port of the container that is asked, null for a command
 * @param path that is asked for over HTTP, null for the others
 * @param command that is run in the container, as a shell would be given it; null for the others
 * @param interval from one check to the next, in seconds
 * @param timeout of one check, in seconds
 * @param retries how many may fail in a row before the container has failed
 */
public record HealthCheck(
    Type type,
    @Nullable Integer port,
    @Nullable String path,
    @Nullable String command,
    int interval,
    int timeout,
    int retries) {

  /** What passes a check. */
  public enum Type {
    /** A status from 200 to 399. */
    HTTP("http"),
    /** A connection that is taken. */
    TCP("tcp"),
    /** An exit code of 0. */
    COMMAND("command");

    private final String text;

    Type(String text) {
      this.text = text;
    }

    /** As the API has it. */
    public String text() {
      return text;
    }
  }
}
