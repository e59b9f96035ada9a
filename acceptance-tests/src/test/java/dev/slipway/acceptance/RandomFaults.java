package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.opentest4j.AssertionFailedError;

/**
 * Random requests while random things fail, again and again; after each round an audit. A run is
 * drawn from its seed alone, though what meets what is up to the machine. {@code -Dfaults.rounds}
 * says how many rounds, {@code -Dfaults.seed} which.
 */
final class RandomFaults {

  private static final int MOST_SERVICES = 4;

  private final long seed = Long.getLong("faults.seed", System.nanoTime());
  private final int rounds = Integer.getInteger("faults.rounds", 3);
  private final Random random = new Random(seed);
  private final Map<String, String> services = new LinkedHashMap<>();
  private final List<String> told = new ArrayList<>();
  private int made;
  private int requests;

  /** Something that fails, and is made good again by the time the next step begins. */
  @FunctionalInterface
  private interface Fault {
    void happen(Install install, Host host) throws Exception;
  }

  private final Map<String, Fault> faults =
      Map.of(
          "agent killed", (_, host) -> afterAWhile(host::restartAgent),
          "Engine hangs", (_, host) -> hang(host),
          "Engine killed", (_, host) -> restart(host),
          "Kafka silent", (install, _) -> silence(install),
          "Kafka refuses", (install, _) -> refuse(install),
          "container killed by hand", (_, host) -> byHand(host, "kill"),
          "container removed by hand", (_, host) -> byHand(host, "rm", "-f"),
          "container started by hand", (_, host) -> byHand(host, "start"),
          "Slipway killed", (install, _) -> install.restartStandalone());

  /** Plays all rounds, and fails in the end if a promise was broken in one. */
  void play(Install install) throws Exception {
    System.out.printf("faults.seed=%d, %d rounds%n", seed, rounds);
    for (int round = 1; round <= rounds; round++) {
      boolean _ = play(install, round);
      FaultTable.remark(
          "Random rounds: %d, seed %d, %d requests, %d rounds with a violation."
              .formatted(round, seed, requests, told.size()));
      FaultTable.write();
    }
    for (var uri : services.keySet()) {
      install.api.delete(uri).is(202);
      install.awaitState(uri, "Terminated");
    }
    assertThat(told).as("faults.seed=%d", seed).isEmpty();
  }

  private boolean play(Install install, int round) throws Exception {
    var names = new ArrayList<>(faults.keySet().stream().sorted().toList());
    var name = names.get(random.nextInt(names.size()));
    var steps = new ArrayList<String>();
    for (int step = 1 + random.nextInt(3); step > 0; step--) {
      steps.add(ask(install));
    }
    steps.add(name);
    faults.get(name).happen(install, install.hosts.get(random.nextInt(install.hosts.size())));
    steps.add(ask(install));
    var recovery = install.recovery();
    FaultTable.add("random: " + name, recovery);
    System.out.printf(
        "round %d %s: %.1f s, %d violations%n",
        round, steps, recovery.took().toMillis() / 1000.0, recovery.violations());
    if (!recovery.isClean()) {
      told.add("round %d %s%n%s".formatted(round, steps, recovery.report()));
      System.out.println(told.getLast());
    }
    return recovery.isClean();
  }

  /** One random request; that it is refused for the state that the service is in is fine. */
  private String ask(Install install) {
    requests++;
    if (services.isEmpty() || (services.size() < MOST_SERVICES && random.nextInt(4) == 0)) {
      var name = "random-" + ++made;
      var uri =
          install.create(
              name,
              1 + random.nextInt(2),
              Map.of("autorestart", random.nextBoolean() ? "ALWAYS" : "OFF"));
      services.put(uri, name);
      return "create %s, start %d".formatted(name, status(install.api.post(uri + "start/")));
    }
    var uri = List.copyOf(services.keySet()).get(random.nextInt(services.size()));
    var name = services.get(uri);
    return switch (random.nextInt(6)) {
      case 0 -> "stop %s %d".formatted(name, status(install.api.post(uri + "stop/")));
      case 1 -> "start %s %d".formatted(name, status(install.api.post(uri + "start/")));
      case 2 -> "redeploy %s %d".formatted(name, status(install.api.post(uri + "redeploy/")));
      case 3 -> {
        int status = status(install.api.delete(uri));
        if (status == 202) {
          services.remove(uri);
        }
        yield "terminate %s %d".formatted(name, status);
      }
      default -> {
        install.api.patch(uri, Map.of("target_num_containers", random.nextInt(1, 4)));
        yield "scale %s %d".formatted(name, status(install.api.post(uri + "scale/")));
      }
    };
  }

  private static int status(Api.Answer answer) {
    if (answer.status() != 202 && answer.status() != 409 && answer.status() != 404) {
      throw new AssertionFailedError(answer.status() + ": " + answer.raw().body());
    }
    return answer.status();
  }

  private void afterAWhile(Runnable then) throws InterruptedException {
    Thread.sleep(random.nextInt(1500));
    then.run();
  }

  private void hang(Host host) throws Exception {
    host.engine.hang();
    Thread.sleep(random.nextInt(500, 4000));
    host.engine.goOn();
  }

  private void restart(Host host) throws Exception {
    Thread.sleep(random.nextInt(1000));
    host.engine.kill();
    host.engine.up();
  }

  private void silence(Install install) throws InterruptedException {
    install.kafka.far().fallSilent();
    Thread.sleep(random.nextInt(500, 5000));
    install.kafka.far().mend();
  }

  private void refuse(Install install) throws InterruptedException {
    for (int time = random.nextInt(1, 6); time > 0; time--) {
      install.kafka.far().refuse();
      Thread.sleep(random.nextInt(50, 1000));
      install.kafka.far().mend();
      Thread.sleep(random.nextInt(50, 300));
    }
  }

  /** Whatever container is there at this moment; that it is gone by then is fine. */
  private void byHand(Host host, String... command) throws Exception {
    Thread.sleep(random.nextInt(1000));
    var ids = host.engine.ids("label=dev.slipway.container");
    if (!ids.isEmpty()) {
      var arguments = new ArrayList<>(List.of(command));
      arguments.add(ids.get(random.nextInt(ids.size())));
      try {
        host.engine.docker(arguments.toArray(String[]::new));
      } catch (IllegalStateException notAnyMore) {
        // it was gone, or ended
      }
    }
  }
}
