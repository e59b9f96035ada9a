package dev.slipway.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.agent.Samples;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Images;
import dev.slipway.agent.engine.PullPolicy;
import dev.slipway.agent.engine.RealEngine;
import dev.slipway.agent.logs.LogDestination;
import dev.slipway.agent.logs.LogShipping;
import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.AssignmentList;
import dev.slipway.model.container.ContainerReport;
import dev.slipway.model.container.ContainerReport.Created;
import dev.slipway.model.container.ContainerReport.Exited;
import dev.slipway.model.container.ContainerReport.Failed;
import dev.slipway.model.container.ContainerReport.Removed;
import dev.slipway.model.container.ContainerReport.Running;
import dev.slipway.model.container.LogLines;
import dev.slipway.model.container.Restart;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.LogTerm;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** An agent without Kafka on the Engine of this machine, and what others do to its containers. */
class OnARealEngineTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final RealEngine real = RealEngine.ofThisMachine();
  private final ServiceId web = new ServiceId(Uuids.random());
  private final List<ContainerReport> reports = new CopyOnWriteArrayList<>();
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private final LogShipping logs;
  private final ReconcileLoop agent;
  private final AutoCloseable events;

  private final Path folder;

  OnARealEngineTest(@TempDir Path folder) {
    this.folder = folder;
    logs = new LogShipping(real.engine, this::take, folder.resolve("logs"));
    var work =
        new ContainerWork(
            real.node,
            real.engine,
            new Images(real.engine, PullPolicy.ALWAYS, InstantSource.system()),
            reports::add,
            folder,
            logs,
            new Pace(4, Duration.ZERO),
            InstantSource.system());
    agent =
        new ReconcileLoop(
            real.node,
            real.engine,
            new Assignments(),
            work,
            logs,
            Duration.ZERO,
            InstantSource.system());
    events = real.engine.watch(real.node, new LoopWatcher(agent, () -> {}));
  }

  private void take(LogLines sent, LogDestination.Receipt receipt) {
    sent.lines().forEach(line -> lines.add(line.text()));
    receipt.told(true);
  }

  @BeforeEach
  void hasReadAllAssignments() {
    agent.assignmentsComplete();
  }

  @AfterEach
  void removeAll() throws Exception {
    events.close();
    agent.close();
    logs.close();
    real.close();
  }

  private Assignment wanted(Object... attributes) {
    return Samples.assignment(real.node, web, 1, Wanted.RUNNING, 1, attributes);
  }

  private <R extends ContainerReport> R told(Class<R> type, int times) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(reports)
                    .filteredOn(type::isInstance)
                    .as("%s of %s", type.getSimpleName(), reports)
                    .hasSizeGreaterThanOrEqualTo(times));
    return type.cast(reports.stream().filter(type::isInstance).toList().get(times - 1));
  }

  private Assignment running(Object... attributes) {
    var assignment = wanted(attributes);
    agent.assign(assignment);
    told(Running.class, 1);
    return assignment;
  }

  @Test
  void saysWhatTheImageBringsAndThatItWasNotPulled() {
    running();
    var image = told(Created.class, 1).image();
    assertThat(image).isNotNull();
    assertThat(image.environment()).extracting(EnvironmentVariable::key).contains("PATH");
    assertThat(image.exposed()).singleElement().matches(port -> port.innerPort() == 80);
    assertThat(image.notPulled()).isNotBlank();
    assertThat(reports.getFirst()).isInstanceOf(Created.class);
  }

  static List<Map<String, Object>> passed() {
    return List.of(
        Map.of("type", "http", "port", 80, "path", "/index.html"),
        Map.of("type", "tcp", "port", 80),
        Map.of("type", "command", "command", "sh -c 'wget -q -O - 127.0.0.1 | grep hello'"));
  }

  @ParameterizedTest
  @MethodSource("passed")
  void saysThatAContainerRunsOnceItPassesItsCheck(Map<String, Object> check) {
    var whole = new HashMap<>(check);
    whole.put("interval", 1);
    var begun = Instant.now();
    running("health_check", whole, "run_command", "sh -c 'sleep 2; exec httpd -f -p 80 -h /www'");
    assertThat(told(Running.class, 1).at()).isAfter(begun.plusSeconds(2));
    assertThat(reports).noneMatch(Failed.class::isInstance);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http    | path    | /nothing | /nothing answers 404",
        "tcp     | path    | /        | port 81: Connection refused",
        "command | command | false    | the command ends with exit code 1"
      })
  void givesAContainerUpThatDoesNotPassItsCheck(
      String type, String field, String value, String problem) {
    int port = type.equals("tcp") ? 81 : 80;
    agent.assign(
        wanted(
            "health_check",
            Map.of("type", type, "port", port, field, value, "interval", 1, "retries", 2)));
    assertThat(told(Failed.class, 1).reason()).isEqualTo("not healthy after 2 checks: " + problem);
    assertThat(reports).noneMatch(Running.class::isInstance);
    assertThat(real.engine.list(real.node)).isEmpty();
  }

  @Test
  void givesAContainerUpThatEndsBeforeItPassesItsCheck() {
    agent.assign(wanted("health_check", Map.of("type", "tcp", "port", 80), "run_command", "false"));
    assertThat(told(Failed.class, 1).reason())
        .isEqualTo("ended with exit code 1 before it passed its check");
    assertThat(reports).noneMatch(Running.class::isInstance).noneMatch(Exited.class::isInstance);
    assertThat(real.engine.list(real.node)).isEmpty();
  }

  @Test
  void asksNobodyElseAtThePortOfAContainerBetweenTwoRestarts() throws Exception {
    try (var other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      agent.assign(
          wanted(
              "run_command",
              "false",
              "autorestart",
              "ALWAYS",
              "health_check",
              Map.of("type", "tcp", "port", other.getLocalPort(), "interval", 1, "retries", 4)));
      assertThat(told(Failed.class, 1).reason()).startsWith("not healthy after 4 checks");
      assertThat(reports).noneMatch(Running.class::isInstance);
    }
  }

  @Test
  void takesOverWhatAKilledAgentMadeAndDidNotStart() {
    var assignment = wanted();
    var image = real.engine.image(RealEngine.IMAGE).orElseThrow();
    var made = real.engine.create(real.node, assignment, image);
    agent.assign(assignment);
    assertThat(told(Running.class, 1).engineId()).isEqualTo(made);
    assertThat(told(Created.class, 1).engineId()).isEqualTo(made);
    assertThat(real.engine.list(real.node)).hasSize(1);
  }

  @Test
  void reportsOnceWhatItStartedItself() {
    running();
    var other = Samples.assignment(real.node, web, 2, Wanted.RUNNING, 1);
    agent.assign(other);
    told(Running.class, 2);
    assertThat(reports).filteredOn(Running.class::isInstance).hasSize(2);
  }

  @Test
  void tellsOfAContainerThatWasKilledAndStartedByHand() {
    var assignment = running();
    real.docker.killContainerCmd(RealEngine.name(assignment)).exec();
    assertThat(told(Exited.class, 1).exitCode()).isEqualTo(137);
    real.docker.startContainerCmd(RealEngine.name(assignment)).exec();
    told(Running.class, 2);
  }

  @Test
  void makesAContainerAgainThatWasRemovedByHand() {
    var assignment = running();
    var first = real.found(assignment).engineId();
    real.docker.removeContainerCmd(first).withForce(true).exec();
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(reports.getLast())
                    .isInstanceOfSatisfying(
                        Running.class,
                        running -> assertThat(running.engineId()).isNotEqualTo(first)));
    assertThat(real.engine.list(real.node)).hasSize(1);
  }

  @Test
  void makesAStoppedContainerAgainThatWasRemovedByHandAndStartsItWhenAsked() {
    var assignment = running();
    agent.assign(Samples.assignment(real.node, web, 1, Wanted.STOPPED, 2));
    told(Exited.class, 1);
    real.docker.removeContainerCmd(RealEngine.name(assignment)).withForce(true).exec();
    told(Exited.class, 2);
    assertThat(real.found(assignment).state()).isEqualTo(Found.State.CREATED);
    agent.assign(
        Samples.with(Samples.assignment(real.node, web, 1, Wanted.RUNNING, 3), Wanted.RUNNING, 2));
    told(Running.class, 2);
  }

  @Test
  void leavesNothingOfAContainerThatWasRemovedByHandWhileItIsToGo() {
    var assignment = running("bindings", List.of(Map.of("container_path", "/data")));
    real.docker.removeContainerCmd(RealEngine.name(assignment)).withForce(true).exec();
    agent.assign(Samples.assignment(real.node, web, 1, Wanted.ERASED, 2));
    told(Removed.class, 1);
    assertThat(real.engine.list(real.node)).isEmpty();
    assertThat(
            real.docker
                .listVolumesCmd()
                .withFilter("label", List.of("dev.slipway.service=" + web.value()))
                .exec()
                .getVolumes())
        .isNullOrEmpty();
  }

  @Test
  void saysThatThereIsNoSuchImage() {
    agent.assign(wanted("image", "localhost:1/no/such:1"));
    assertThat(told(Failed.class, 1).reason()).containsAnyOf("localhost:1", "no such");
    assertThat(reports).hasSize(1);
  }

  @Test
  void saysThatAPortIsTakenAndLeavesNothing() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      agent.assign(
          wanted(
              "container_ports",
              List.of(
                  Map.of(
                      "protocol", "tcp", "inner_port", 80, "outer_port", taken.getLocalPort()))));
      assertThat(told(Failed.class, 1).reason()).contains("address already in use");
      assertThat(real.engine.list(real.node)).isEmpty();
    }
  }

  @Test
  void restartsWhatCrashesThroughTheEngineAndTellsTheNewPort() throws Exception {
    var assignment =
        running(
            "run_command",
            "sh -c 'test -e /crashed && exec httpd -f -p 80; touch /crashed; sleep 1; exit 1'",
            "autorestart",
            "ALWAYS",
            "container_ports",
            List.of(Map.of("protocol", "tcp", "inner_port", 80, "published", true)));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        reports.stream()
                            .filter(Running.class::isInstance)
                            .flatMap(report -> ((Running) report).ports().stream())
                            .distinct())
                    .hasSizeGreaterThanOrEqualTo(2));
    assertThat(real.found(assignment).engineId()).isEqualTo(told(Created.class, 1).engineId());
  }

  @Test
  void tellsTwiceOfAContainerThatCrashesAgainAndAgain() {
    agent.assign(wanted("run_command", "sh -c 'sleep 1; exit 7'", "autorestart", "ALWAYS"));
    assertThat(told(Running.class, 2).restart()).isEqualTo(new Restart(7, false, 1));
    assertThat(told(Running.class, 3).restart()).isEqualTo(new Restart(7, false, 2));
    await()
        .during(Duration.ofSeconds(10))
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(reports).filteredOn(Running.class::isInstance).hasSize(3));
    assertThat(reports).noneMatch(Exited.class::isInstance);
  }

  @Test
  void restartsWhatFailsUntilItSucceeds() {
    var assignment =
        wanted(
            "run_command",
            "sh -c 'test -e /failed && exit 0; touch /failed; exit 1'",
            "autorestart",
            "ON_FAILURE");
    agent.assign(assignment);
    assertThat(told(Exited.class, 1).exitCode()).isZero();
    assertThat(real.inspect(assignment).getRestartCount()).isOne();
  }

  @Test
  void saysThatAContainerRanOutOfMemory() {
    assumeTrue(
        Boolean.TRUE.equals(real.docker.infoCmd().exec().getMemoryLimit()),
        "this kernel limits no memory");
    agent.assign(wanted("memory", 8, "run_command", "sh -c 'tail /dev/zero'"));
    var end = told(Exited.class, 1);
    assertThat(end.exitCode()).isEqualTo(137);
    assertThat(end.oomKilled()).isTrue();
  }

  private static final String WRITES =
      "sh -c 'i=0; while [ $i -lt 300 ]; do echo line $i; i=$((i + 1)); done; printf end; sleep"
          + " 100'";

  private void hasWritten(Assignment assignment) {
    real.start(assignment);
    var written = new CopyOnWriteArrayList<String>();
    LogDestination counting =
        (sent, receipt) -> {
          sent.lines().forEach(line -> written.add(line.text()));
          receipt.told(true);
        };
    try (var other = new LogShipping(real.engine, counting, folder.resolve("other"))) {
      other.ship(real.found(assignment));
      await().atMost(PATIENCE).until(() -> written.size() == 300);
    }
  }

  private void assertThatAllOfItArrived() {
    assertThat(lines).hasSize(301).startsWith("line 0").endsWith("line 299", "end");
  }

  @Test
  void shipsAllThatAContainerWroteOfWhichItLearnsOnlyThatItGoes() {
    var goes = wanted("run_command", WRITES);
    hasWritten(goes);
    agent.assign(Samples.with(goes, Wanted.REMOVED, 1));
    await().atMost(PATIENCE).until(() -> reports.stream().anyMatch(Removed.class::isInstance));
    assertThatAllOfItArrived();
  }

  @Test
  void shipsAllThatAContainerWroteWhichNobodyWants() {
    var place = new LogStamp("here", 1, new LogTerm(1, "a"), 1);
    hasWritten(wanted("run_command", WRITES).with(place));
    agent.accept(new AssignmentList(real.node, place, List.of(), List.of()));
    agent.sweep();
    await().atMost(PATIENCE).until(() -> real.engine.list(real.node).isEmpty());
    assertThatAllOfItArrived();
  }
}
