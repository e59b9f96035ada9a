package dev.slipway.cli.command;

import dev.slipway.cli.Call;

/** A question before something that a preview does not show. */
final class Confirmation {

  private Confirmation() {}

  /** Asks the user to confirm; without a terminal it does not ask. */
  static boolean ask(Call call, String what) {
    if (!call.environment().terminal().input()) {
      return true;
    }
    call.screen().note("%s: %s".formatted(call.api().connection().place(), what));
    call.screen().ask("Go on? [y/N] ");
    var answer = call.readLine();
    boolean yes = answer != null && answer.strip().matches("(?i)y|yes");
    if (!yes) {
      call.screen().note("Nothing was changed.");
    }
    return yes;
  }
}
