package dev.slipway.benchmarks.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** An agent on its own, beside this machine's Engine. */
public final class Agent implements AutoCloseable {

  private final Program program;

  private Agent(Program program) {
    this.program = program;
  }

  public static Agent start(Path data, Slipway slipway) {
    try {
      Files.createDirectories(data);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    return new Agent(
        Program.slipway(
            Map.of(
                "SLIPWAY_KAFKA",
                slipway.kafka(),
                "SLIPWAY_KAFKA_PROPERTIES",
                slipway.kafkaLogin().toString(),
                "SLIPWAY_NODE_NAME",
                "bench-agent",
                "SLIPWAY_DATA",
                data.toString()),
            data.resolve("output.txt"),
            "agent"));
  }

  /** In MB. */
  public double memory() {
    return program.memory();
  }

  @Override
  public void close() {
    program.close();
  }
}
