package dev.slipway.standalone.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.container.ContainerId;
import dev.slipway.standalone.audit.CannotAudit;
import dev.slipway.standalone.log.Installation.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rounds of random changes and of what an operator may do to the parts between two starts: each is
 * lost, or goes back to an older state, alone or with others. {@code -Doperator.rounds=200
 * -Doperator.seed=…}
 */
class OperatorRoundsTest {

  private static final int SHORT = 20;
  private static final int ROUNDS = Integer.getInteger("operator.rounds", SHORT);

  /** The short form repeats itself, so that a build fails for its own changes only. */
  private static final long SEED =
      Long.getLong("operator.seed", ROUNDS > SHORT ? new Random().nextLong() : 7);

  /** Once a container that this past had ended, and another had made, stayed in these rounds. */
  private static final long SEED_WITH_LOST_PASTS = 4038230589015628729L;

  @TempDir Path folder;

  /** What is done while nothing runs. */
  private enum Damage {
    NONE,
    KAFKA_IS_EMPTIED,
    A_TOPIC_IS_LOST,
    ASSIGNMENTS_ARE_LOST,
    KAFKA_IS_OLDER,
    POSTGRESQL_IS_OLDER,
    POSTGRESQL_IS_OLDER_AND_KAFKA_EMPTY,
    POSTGRESQL_AND_KAFKA_ARE_OLDER,
    ALL_IS_OLDER,
    THE_AGENT_FORGETS
  }

  @Test
  void noContainerThatIsWantedIsEverTouched() throws Exception {
    play(SEED, ROUNDS);
  }

  @Test
  void theSameHoldsForRoundsWithManyLostPasts() throws Exception {
    play(SEED_WITH_LOST_PASTS, 10);
  }

  /** Generations number containers in every past, so that two pasts make the same container. */
  @Test
  void removesAContainerThatThisPastHasEndedAndALostOneHasMadeAgain() throws Exception {
    var past = new ArrayList<>(List.of("two pasts with one container"));
    try (var installation = new Installation(folder, 1)) {
      installation.start();
      var service = installation.create();
      converges(installation, past);
      installation.stop();
      var before = installation.keep();
      installation.start();
      var first = new ContainerId(installation.wanted().iterator().next());
      installation.remove(first, service);
      var second = installation.place(service);
      converges(installation, past);
      installation.remove(second, service);
      converges(installation, past);
      installation.stop();
      var ended = installation.keep();
      installation.restorePostgresql(before);
      installation.emptyKafka();
      installation.start();
      installation.remove(first, service);
      assertThat(installation.place(service)).isEqualTo(second);
      converges(installation, past);
      installation.stop();
      installation.restorePostgresql(ended);
      installation.emptyKafka();
      installation.start();
      converges(installation, past);
      assertThat(installation.node().running()).isEmpty();
      installation.stop();
    }
  }

  private void play(long seed, int rounds) throws Exception {
    System.out.println("operator.seed=" + seed);
    var random = new Random(seed);
    var past = new ArrayList<String>(List.of("seed " + seed));
    try (var installation = new Installation(folder, seed)) {
      var states = new ArrayList<State>();
      for (int round = 1; round <= rounds; round++) {
        var damage = Damage.values()[random.nextInt(Damage.values().length)];
        past.add(round + " " + damage);
        play(installation, random, states, damage, past);
      }
    }
  }

  private static void play(
      Installation installation,
      Random random,
      List<State> states,
      Damage damage,
      List<String> past)
      throws Exception {
    var before = installation.node().running();
    if (!states.isEmpty()) {
      damage(installation, states.get(random.nextInt(states.size())), damage);
    }
    installation.start();
    var kept = new HashSet<>(installation.wanted());
    kept.retainAll(before);
    converges(installation, past);
    kept.retainAll(installation.node().takeEnded());
    assertThat(kept).as(past.toString()).isEmpty();
    for (int change = random.nextInt(4); change > 0; change--) {
      installation.change(random);
    }
    converges(installation, past);
    isClean(installation, past);
    installation.stop();
    if (random.nextInt(3) == 0) {
      states.add(installation.keep());
    }
    var _ = installation.node().takeEnded();
  }

  private static void damage(Installation installation, State state, Damage damage)
      throws Exception {
    switch (damage) {
      case NONE -> {}
      case KAFKA_IS_EMPTIED -> installation.emptyKafka();
      case A_TOPIC_IS_LOST -> installation.lose("slipway.service-events");
      case ASSIGNMENTS_ARE_LOST -> installation.lose("slipway.assignments");
      case KAFKA_IS_OLDER -> installation.restoreKafka(state);
      case POSTGRESQL_IS_OLDER -> installation.restorePostgresql(state);
      case POSTGRESQL_IS_OLDER_AND_KAFKA_EMPTY -> {
        installation.restorePostgresql(state);
        installation.emptyKafka();
      }
      case POSTGRESQL_AND_KAFKA_ARE_OLDER -> {
        installation.restorePostgresql(state);
        installation.restoreKafka(state);
      }
      case ALL_IS_OLDER -> {
        installation.restorePostgresql(state);
        installation.restoreKafka(state);
        installation.restoreAgent(state);
      }
      case THE_AGENT_FORGETS -> installation.forgetCheckpoint();
    }
  }

  /** What PostgreSQL wants runs, what it ended is gone, and Kafka has its events, each once. */
  private static void converges(Installation installation, List<String> past) {
    await()
        .atMost(Duration.ofMinutes(3)) // a busy machine publishes slowly
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(
            () -> {
              installation.heartbeat();
              assertThat(installation.isPublished()).as(past.toString()).isTrue();
              assertThat(installation.problem()).as(past.toString()).isNull();
              var running = installation.node().running();
              assertThat(running).as(past.toString()).containsAll(installation.wanted());
              running.retainAll(installation.endedInThisPast());
              assertThat(running).as(past.toString()).isEmpty();
            });
    assertThat(installation.publishedEvents())
        .as(past.toString())
        .containsExactlyElementsOf(installation.storedEvents());
  }

  /** An audit finds no difference between PostgreSQL, Kafka and its assignments. */
  private static void isClean(Installation installation, List<String> past) {
    await()
        .atMost(Duration.ofMinutes(1)) // Kafka's topics may have been made a moment ago
        .ignoreExceptionsInstanceOf(CannotAudit.class)
        .untilAsserted(
            () -> assertThat(installation.audit().violations()).as(past.toString()).isEmpty());
  }
}
