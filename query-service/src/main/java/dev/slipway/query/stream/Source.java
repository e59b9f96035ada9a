package dev.slipway.query.stream;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** What a stream consists of. */
public interface Source<T> {

  /**
   * Sends all there is, and returns when there will be no more.
   *
   * @throws IOException if the reader is gone
   * @throws ReaderTooSlow if the reader can not be given what comes next any more
   */
  void run(Sink<T> sink) throws IOException, InterruptedException;

  /** Where a reader is that has all that was sent, null if only the last item tells. */
  default @Nullable String position() {
    return null;
  }
}
