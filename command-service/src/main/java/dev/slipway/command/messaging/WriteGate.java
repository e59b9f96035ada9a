package dev.slipway.command.messaging;

/** Decides whether a user's command is taken at present. */
@FunctionalInterface
public interface WriteGate {

  WriteGate OPEN = _ -> {};

  /**
   * Checks whether commands are taken.
   *
   * @param aggregate the uuid or name of what is commanded
   * @throws dev.slipway.http.ApiFailure saying why the command is not taken
   */
  void check(String aggregate);
}
