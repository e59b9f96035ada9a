package dev.slipway.query.stream;

import java.io.IOException;
import java.util.List;

/** Where a stream goes to. */
public interface Sink<T> {

  /** Blocks while the reader does not keep up, but not for ever. */
  void send(List<T> items) throws IOException;

  /**
   * To be called every other second.
   *
   * @throws IOException if nobody is there any more
   */
  void pulse() throws IOException;

  /** Says why nothing more comes though there is more. Websockets say so as they close. */
  default void end(String reason) throws IOException {}
}
