package dev.slipway.cli.command;

import dev.slipway.cli.Call;
import dev.slipway.cli.Failure;
import dev.slipway.cli.Waiting;
import dev.slipway.cli.api.EventStream;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** Reads a stream to its end, or for ever: after a break it resumes behind the last item. */
final class Following {

  private static final long FIRST_PAUSE_MS = 500;
  private static final long LONGEST_PAUSE_MS = 10_000;
  private static final long FLUSH_MS = 50;

  private Following() {}

  static int run(Call call, String path, boolean follows, Consumer<String> print) {
    if (follows) {
      Thread.ofPlatform().daemon().name("flush").start(() -> flush(call));
    }
    var stream = new EventStream(call.api(), path);
    var read = new AtomicLong();
    Consumer<String> counted =
        data -> {
          read.incrementAndGet();
          print.accept(data);
        };
    long pause = FIRST_PAUSE_MS;
    boolean begun = false;
    while (true) {
      long before = read.get();
      boolean ended = readOnce(stream, counted, begun && follows);
      if (ended && !follows) {
        return 0;
      }
      begun = true;
      pause = read.get() > before ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pause * 2);
      call.screen().note("slipway: the connection broke off; reconnecting");
      Waiting.sleep(pause);
    }
  }

  /**
   * Returns whether the stream ended properly. Retries while a server is away that was there once.
   */
  private static boolean readOnce(EventStream stream, Consumer<String> print, boolean waits) {
    try {
      boolean ended = stream.read(print);
      requireKept(stream);
      return ended;
    } catch (Failure failure) {
      if (waits && failure.code() == Failure.UNREACHABLE) {
        return false;
      }
      throw failure;
    }
  }

  /** The server ends a stream with a reason if its reader missed something. */
  private static void requireKept(EventStream stream) {
    var error = stream.error();
    if (error != null) {
      throw new Failure(Failure.FAILED, error);
    }
  }

  private static void flush(Call call) {
    while (true) {
      Waiting.sleep(FLUSH_MS);
      call.screen().flush();
    }
  }
}
