package dev.slipway.agent.exec;

import dev.slipway.model.exec.ExecOutput;

/** Where what sessions have to say goes; delivery is its business. */
public interface ExecAnswers {
  void send(ExecOutput output);
}
