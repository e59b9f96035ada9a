package dev.slipway.standalone.audit;

/** Takes how far an audit has come. */
public interface Progress {

  Progress NONE = (_, _, _) -> {};

  /**
   * @param what is being read or compared
   * @param total how many there are, 0 if that is not known
   */
  void at(String what, long done, long total);
}
