package dev.slipway.benchmarks.logs;

import dev.slipway.benchmarks.http.Connection;
import dev.slipway.benchmarks.processes.EngineApi;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The Engine's log of a container, over its API: what {@code docker logs -f} reads. */
public final class EngineLog extends FollowedLog {

  private static final int BUFFER = 64 * 1024;
  private static final int REST_OF_HEADER = 3;

  private final Connection connection;

  private EngineLog(Connection connection) {
    this.connection = connection;
  }

  /** From now on. */
  public static EngineLog of(EngineApi engine, TalkingContainer container) {
    var log = new EngineLog(engine.connect());
    var lines =
        log.connection.stream(
            "/containers/%s/logs?follow=1&stdout=1&tail=0".formatted(container.engineId()));
    var frames = new DataInputStream(new BufferedInputStream(lines, BUFFER));
    Thread.ofPlatform().daemon().start(() -> log.read(frames));
    return log;
  }

  /** A frame is a line: a byte for the stream, three more, the length, the text. */
  private void read(DataInputStream frames) {
    try {
      while (frames.read() >= 0) {
        frames.skipNBytes(REST_OF_HEADER);
        var text = frames.readNBytes(frames.readInt());
        came(new String(text, StandardCharsets.UTF_8).stripTrailing());
      }
      ended("the Engine has closed it");
    } catch (IOException failure) {
      ended(failure.toString());
    }
  }

  @Override
  public void close() {
    connection.close();
  }
}
