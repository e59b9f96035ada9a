package dev.slipway.docker.discovery;

/**
 * An Engine that may be the one to use.
 *
 * @param reason why it is a candidate, such as {@code DOCKER_HOST}
 * @param chosen whether the user named it; then no other one is used in its place
 */
public record EngineCandidate(EngineAddress address, String reason, boolean chosen) {

  @Override
  public String toString() {
    return "%s (%s)".formatted(address, reason);
  }
}
