package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Failure;

/** The user's word that a previewed change is to be made. */
final class Agreement {

  private Agreement() {}

  /** Without a terminal nobody is asked; what destroys is refused then. */
  static boolean given(Call call, boolean isCareful, String subject) {
    if (!call.environment().terminal().input()) {
      if (isCareful) {
        throw Failure.usage(
            "there is no terminal to ask in: say --yes to go on with %s".formatted(subject));
      }
      return true;
    }
    call.screen().ask("Apply? [y/N] ");
    var answer = call.readLine();
    return answer != null && answer.strip().matches("(?i)y|yes");
  }
}
