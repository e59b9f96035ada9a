package dev.slipway.standalone.audit;

/** What is promised, and can be seen to be kept from outside. */
public enum Promise {
  I3("never two containers run for one slot"),
  I4("the Engines have what the log says"),
  I5("the read model is the fold of the log"),
  I6("versions have no gap and no repeat"),
  I7("every service is in a stable state, or within its deadline");

  private final String words;

  Promise(String words) {
    this.words = words;
  }

  public String words() {
    return words;
  }
}
