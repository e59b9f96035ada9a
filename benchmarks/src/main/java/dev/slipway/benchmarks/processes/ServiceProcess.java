package dev.slipway.benchmarks.processes;

import dev.slipway.benchmarks.http.Address;
import dev.slipway.standalone.embedded.FreePort;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The command service or the query service on its own, as in {@code docker-compose.yml}. */
public final class ServiceProcess implements AutoCloseable {

  private final Program program;
  private final Address address;
  private final double startSeconds;

  private ServiceProcess(Program program, Address address, double startSeconds) {
    this.program = program;
    this.address = address;
    this.startSeconds = startSeconds;
  }

  /** Ready. */
  public static ServiceProcess up(
      ServiceImage image, int port, Map<String, String> settings, Path output) {
    int healthPort = FreePort.forSlipway();
    var environment = new HashMap<>(settings);
    environment.put("SLIPWAY_APIKEY", Slipway.API_KEY);
    environment.putAll(Slipway.NO_QUOTAS);
    environment.put("SLIPWAY_PORT", Integer.toString(port));
    environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(healthPort));
    long begin = System.nanoTime();
    var program = image.run(environment, output);
    try {
      program.await(() -> address(healthPort).answers(Slipway.READINESS));
      return new ServiceProcess(program, address(port), (System.nanoTime() - begin) / 1e9);
    } catch (RuntimeException failure) {
      program.close();
      throw failure;
    }
  }

  private static Address address(int port) {
    return Address.of(port, Slipway.USER, Slipway.API_KEY);
  }

  public Address address() {
    return address;
  }

  /** From the start of the program until readiness was 200. */
  public double startSeconds() {
    return startSeconds;
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
