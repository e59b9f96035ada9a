package dev.slipway.command.publishing;

/**
 * How far the publisher of this process is.
 *
 * @param percent how much of what the log had at the take-over is in Kafka
 */
public record PublishingProgress(Stage stage, int percent) {

  /** The work that the publisher is at. */
  public enum Stage {
    /** It has not published yet, and may be about to. */
    BEGINNING,
    PUBLISHING,
    /** Another process publishes, or this one has failed and will try again. */
    STANDBY
  }

  static final PublishingProgress BEGINNING = new PublishingProgress(Stage.BEGINNING, 0);
  static final PublishingProgress STANDBY = new PublishingProgress(Stage.STANDBY, 0);

  static PublishingProgress filled(int percent) {
    return new PublishingProgress(Stage.PUBLISHING, percent);
  }

  public boolean publishes() {
    return stage == Stage.PUBLISHING;
  }

  /** Whether the publisher refills Kafka; the publishing position stays where it is meanwhile. */
  public boolean isFilling() {
    return publishes() && percent < 100;
  }

  /**
   * Whether Kafka has every event that the log had at the take-over, as far as this process knows.
   */
  public boolean isReady() {
    return stage == Stage.STANDBY || publishes() && percent == 100;
  }
}
