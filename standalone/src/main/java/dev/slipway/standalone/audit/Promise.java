package dev.slipway.standalone.audit;

/** The promises that an audit checks, in its order. */
public enum Promise {
  I6(Stage.POSTGRESQL, "versions have no gap and no repeat"),
  I7(Stage.POSTGRESQL, "every service is in a stable state, or within its deadline"),
  K1(Stage.KAFKA, "Kafka has the events of PostgreSQL, unchanged and in order"),
  K2(Stage.KAFKA, "Kafka has the assignments that follow from the log"),
  I5(Stage.VIEWS, "the read model is the fold of the log"),
  I3(Stage.ENGINES, "never two containers run for one slot"),
  I4(Stage.ENGINES, "the Engines have what the log says");

  private final Stage stage;
  private final String words;

  /** A part of an installation; each is compared with those before it. */
  public enum Stage {
    POSTGRESQL("PostgreSQL"),
    KAFKA("Kafka"),
    VIEWS("Views"),
    ENGINES("Engines");

    private final String text;

    Stage(String text) {
      this.text = text;
    }

    public String text() {
      return text;
    }
  }

  Promise(Stage stage, String words) {
    this.stage = stage;
    this.words = words;
  }

  public Stage stage() {
    return stage;
  }

  public String words() {
    return words;
  }
}
