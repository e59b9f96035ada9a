package dev.slipway.query.projection;

/** The program that writes to the topic has not created it yet: ordinary at a first start. */
final class TopicMissing extends RuntimeException {

  TopicMissing(String topic) {
    super("topic " + topic + " does not exist", null, false, false);
  }
}
