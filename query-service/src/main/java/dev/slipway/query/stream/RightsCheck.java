package dev.slipway.query.stream;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Ends a stream whose reader has lost the right to it. */
public final class RightsCheck {

  private static final long EVERY_NS = TimeUnit.SECONDS.toNanos(5);

  private final BooleanSupplier rights;
  private long asked = System.nanoTime();

  public RightsCheck(BooleanSupplier rights) {
    this.rights = rights;
  }

  /**
   * To be called every other second. It asks every five.
   *
   * @throws ReaderTooSlow if the reader may not read this any more
   */
  public void pulse() throws ReaderTooSlow {
    long now = System.nanoTime();
    if (now - asked < EVERY_NS) {
      return;
    }
    asked = now;
    if (!rights.getAsBoolean()) {
      throw new ReaderTooSlow("the right to read this has ended");
    }
  }

  /** The same source, which asks for the reader's rights as it goes. */
  static <T> Source<T> on(Source<T> source, BooleanSupplier rights) {
    return new Source<>() {
      @Override
      public void run(Sink<T> sink) throws IOException, InterruptedException {
        source.run(new Checked<>(sink, new RightsCheck(rights)));
      }

      @Override
      public @org.jspecify.annotations.Nullable String position() {
        return source.position();
      }
    };
  }

  private record Checked<T>(Sink<T> sink, RightsCheck check) implements Sink<T> {

    @Override
    public void send(List<T> items) throws IOException {
      check.pulse();
      sink.send(items);
    }

    @Override
    public void pulse() throws IOException {
      check.pulse();
      sink.pulse();
    }

    @Override
    public void end(String reason) throws IOException {
      sink.end(reason);
    }
  }
}
