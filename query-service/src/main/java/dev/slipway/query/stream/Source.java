package dev.slipway.query.stream;

import java.io.IOException;

/** What a stream consists of. */
public interface Source<T> {

  /**
   * Sends all there is, and returns when there will be no more.
   *
   * @throws IOException if the reader is gone
   * @throws ReaderTooSlow if the reader can not be given what comes next any more
   */
  void run(Sink<T> sink) throws IOException, InterruptedException;
}
