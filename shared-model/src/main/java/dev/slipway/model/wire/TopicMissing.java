package dev.slipway.model.wire;

/** The control plane has not created the topic yet: ordinary at a first start. */
public final class TopicMissing extends RuntimeException {

  public TopicMissing(String topic) {
    super("topic %s does not exist".formatted(topic));
  }
}
