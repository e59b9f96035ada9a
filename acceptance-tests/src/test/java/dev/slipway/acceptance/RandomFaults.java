package dev.slipway.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random requests while random things fail, again and again; after each round an audit. A run is
 * drawn from its seed alone, though what meets what is up to the machine. {@code -Dfaults.rounds}
 * says how many rounds, {@code -Dfaults.seed} which.
 */
final class RandomFaults {

  /** What a build plays is the same each time; what is asked for is new. */
  private static final long SEED_OF_BUILDS = 7;

  private final int rounds = Integer.getInteger("faults.rounds", 3);
  private final long seed =
      Long.getLong(
          "faults.seed",
          Integer.getInteger("faults.rounds") == null ? SEED_OF_BUILDS : System.nanoTime());
  private final Random random = new Random(seed);
  private final List<String> told = new ArrayList<>();
  private final Install install;
  private final RandomRequests requests;

  /** Something that fails, and is made good again by the time the next step begins. */
  @FunctionalInterface
  private interface Fault {
    void happen(Host host) throws Exception;
  }

  RandomFaults(Install install) {
    this.install = install;
    this.requests = new RandomRequests(install, random);
  }

  private Map<String, Fault> faults() {
    return Map.ofEntries(
        Map.entry("agent killed", host -> afterAWhile(host::restartAgent)),
        Map.entry("agent away until its node is given up", this::leave),
        Map.entry("Engine hangs", this::hang),
        Map.entry("Engine killed", this::restart),
        Map.entry("Kafka silent for agents", _ -> silence(install.kafka.far())),
        Map.entry("Kafka silent for the command side", _ -> silence(install.kafka.home())),
        Map.entry("Kafka refuses agents", _ -> refuse(install.kafka.far())),
        Map.entry("Kafka refuses the command side", _ -> refuse(install.kafka.home())),
        Map.entry("container killed by hand", host -> byHand(host, "kill")),
        Map.entry("container removed by hand", host -> byHand(host, "rm", "-f")),
        Map.entry("container started by hand", host -> byHand(host, "start")),
        Map.entry("Slipway killed", _ -> install.restartStandalone()));
  }

  /** Plays all rounds, and fails in the end if a promise was broken in one. */
  void play() throws Exception {
    System.out.printf("faults.seed=%d, %d rounds%n", seed, rounds);
    for (int round = 1; round <= rounds; round++) {
      play(round);
      FaultTable.remark(
          "Random rounds: %d, seed %d, %d requests, %d rounds with a violation."
              .formatted(round, seed, requests.asked(), told.size()));
      FaultTable.write();
    }
    requests.endAll();
    assertThat(told).as("faults.seed=%d", seed).isEmpty();
  }

  private void play(int round) throws Exception {
    long begin = System.nanoTime();
    var faults = faults();
    var names = faults.keySet().stream().sorted().toList();
    var name = names.get(random.nextInt(names.size()));
    var steps = new ArrayList<String>();
    for (int step = 1 + random.nextInt(3); step > 0; step--) {
      steps.add(requests.ask());
    }
    steps.add(name);
    faults.get(name).happen(install.hosts.get(random.nextInt(install.hosts.size())));
    steps.add(requests.ask());
    requests.undrain();
    var recovery = install.recovery();
    FaultTable.add("random: " + name, recovery);
    System.out.printf(
        "round %d, %.1f s, %s: %.1f s, %d violations%n",
        round,
        (System.nanoTime() - begin) / 1e9,
        steps,
        recovery.took().toMillis() / 1000.0,
        recovery.violations());
    if (!recovery.isClean()) {
      told.add("round %d %s%n%s".formatted(round, steps, recovery.report()));
      System.out.println(told.getLast());
    }
  }

  private void afterAWhile(Runnable then) throws InterruptedException {
    Thread.sleep(random.nextInt(1500));
    then.run();
  }

  /** For longer than the settings let a node be silent. */
  private void leave(Host host) throws InterruptedException {
    host.killAgent();
    Thread.sleep(random.nextInt(6000, 9000));
    host.startAgent();
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

  private void silence(Link line) throws InterruptedException {
    line.fallSilent();
    Thread.sleep(random.nextInt(500, 5000));
    line.mend();
  }

  private void refuse(Link line) throws InterruptedException {
    for (int time = random.nextInt(1, 6); time > 0; time--) {
      line.refuse();
      Thread.sleep(random.nextInt(50, 1000));
      line.mend();
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
