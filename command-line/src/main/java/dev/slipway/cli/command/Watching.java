package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Failure;
import dev.slipway.cli.Waiting;
import dev.slipway.cli.api.EventStream;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Prints again when an event says that something has changed: redrawn in a terminal, one after the
 * other elsewhere.
 */
final class Watching {

  private static final long REDRAW_MS = 250;
  private static final long RECONNECT_MS = 1_000;

  private Watching() {}

  static int run(Call call, Consumer<Call> print) {
    if (!call.flag("--watch")) {
      print.accept(call);
      return 0;
    }
    var changed = new AtomicBoolean(true);
    Thread.ofVirtual().name("events").start(() -> follow(call, changed));
    while (true) {
      if (changed.getAndSet(false)) {
        clear(call);
        print.accept(call);
        call.screen().flush();
      }
      Waiting.sleep(REDRAW_MS);
    }
  }

  static void clear(Call call) {
    if (call.environment().terminal().output() && !call.isJson()) {
      call.screen().out().print("\u001b[H\u001b[2J");
    }
  }

  private static void follow(Call call, AtomicBoolean changed) {
    while (true) {
      try {
        new EventStream(call.api(), call.path("audit/v1", "events") + "?format=sse")
            .read(_ -> changed.set(true));
      } catch (Failure away) {
        // The list is printed again once the server is back; its own request says what is wrong
        // meanwhile.
      }
      changed.set(true);
      Waiting.sleep(RECONNECT_MS);
    }
  }
}
