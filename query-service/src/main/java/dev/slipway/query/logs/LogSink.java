package dev.slipway.query.logs;

import dev.slipway.model.container.LogLine;
import java.io.IOException;
import java.util.List;

/** Where a stream of lines goes to. */
interface LogSink {

  /** Blocks while the reader does not keep up, but not for ever. */
  void send(List<LogLine> lines) throws IOException;

  /**
   * To be called every other second.
   *
   * @throws IOException if nobody is there any more
   */
  void pulse() throws IOException;
}
