package dev.slipway.agent.logs;

import dev.slipway.model.container.LogLine;

/** Where lines go; delivery is its business. */
public interface LogLines {
  void send(LogLine line);
}
