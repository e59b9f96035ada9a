package dev.slipway.runtime;

import java.time.Duration;

/** The control plane has not created the topic yet: ordinary at a first start. */
public final class TopicMissing extends RuntimeException implements TemporaryFailure {

  private static final Duration TOPICS_ARE_CREATED_WITHIN = Duration.ofSeconds(30);

  public TopicMissing(String topic) {
    super("topic %s does not exist".formatted(topic));
  }

  @Override
  public Duration expectedFor() {
    return TOPICS_ARE_CREATED_WITHIN;
  }
}
