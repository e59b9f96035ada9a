package dev.slipway.acceptance;

import static dev.slipway.acceptance.Api.SERVICES;
import static dev.slipway.acceptance.Slipway.API_KEY;
import static dev.slipway.acceptance.Slipway.USER;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.Namespace;
import dev.slipway.standalone.audit.ApiReading;
import dev.slipway.standalone.audit.Audit;
import dev.slipway.standalone.audit.CannotAudit;
import dev.slipway.standalone.audit.EngineReading;
import dev.slipway.standalone.audit.Engines;
import dev.slipway.standalone.audit.Findings;
import dev.slipway.standalone.audit.Progress;
import dev.slipway.standalone.embedded.EmbeddedDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;

/** Slipway on several hosts, of which each part can be made to fail. */
final class Install implements AutoCloseable {

  private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(60);

  final TestKafka kafka;
  final List<Host> hosts = new ArrayList<>();
  final Api api;
  private final Map<String, String> settings;
  private final Path folder;
  private final int port = Program.freePort();
  private final List<EngineReading> readings = new CopyOnWriteArrayList<>();
  private final ApiReading reads;
  private final Set<String> twice = new ConcurrentSkipListSet<>();
  private final Thread watch;
  private Program standalone;

  Install(int hostCount) throws Exception {
    this(hostCount, Map.of());
  }

  /**
   * @param settings of all but the agents, besides those that every install has
   */
  Install(int hostCount, Map<String, String> settings) throws Exception {
    OwnHosts.assumePossible();
    this.settings = settings;
    folder = Files.createTempDirectory("sw");
    kafka = TestKafka.start(Files.createDirectories(folder.resolve("kafka")));
    Runtime.getRuntime().addShutdownHook(new Thread(this::killPrograms));
    startStandalone();
    Slipway.awaitReady(standalone, base());
    for (int number = 1; number <= hostCount; number++) {
      var _ = addHost();
    }
    api = new Api(base(), base(), USER, API_KEY);
    reads = new ApiReading(base(), new Namespace(USER), USER, API_KEY);
    awaitNodes(hostCount + 1);
    watch = Thread.ofPlatform().daemon().name("slots").start(this::watchSlots);
  }

  /** One more, of which nothing is known yet. */
  Host addHost() throws Exception {
    var name = "host" + (hosts.size() + 1);
    var host = new Host(name, "127.0.0.1:" + kafka.far().port(), folder);
    hosts.add(host);
    readings.add(new EngineReading(host.engine.host()));
    return host;
  }

  /** Of all hosts that there are by now. */
  private Audit audit() {
    return new Audit(
        () ->
            EmbeddedDatabase.urlOfRunning(folder.resolve("standalone/postgres"))
                .orElseThrow(() -> new CannotAudit("PostgreSQL does not run")),
        kafka.near(),
        reads,
        Engines.all(readings),
        InstantSource.system(),
        Progress.NONE);
  }

  void startStandalone() {
    var environment = new HashMap<>(Map.of("SLIPWAY_OPERATION_DEADLINE", "45s"));
    environment.putAll(settings);
    environment.putAll(
        Map.of(
            "SLIPWAY_APIKEY",
            API_KEY,
            "SLIPWAY_KAFKA",
            "127.0.0.1:" + kafka.home().port(),
            "SLIPWAY_NODE_NAME",
            "simulated"));
    standalone =
        Program.standalone(
            environment,
            folder.resolve("standalone.txt"),
            "--simulated",
            "--port",
            Integer.toString(port),
            "--data",
            folder.resolve("standalone").toString());
  }

  void restartStandalone() {
    standalone.kill();
    startStandalone();
    Slipway.awaitReady(standalone, base());
  }

  /** Where the API has the node of a host. */
  String node(String host) {
    var found = api.get("/api/infra/v1/node/?nickname=" + host).is(200);
    return found.json().path("objects").path(0).path("resource_uri").asString();
  }

  private String base() {
    return "http://127.0.0.1:" + port;
  }

  void awaitNodes(int count) {
    await()
        .atMost(Duration.ofMinutes(4))
        .ignoreExceptions()
        .until(
            () ->
                api.get("/api/infra/v1/node/?state=Deployed")
                        .json()
                        .path("meta")
                        .path("total_count")
                        .asInt()
                    >= count);
  }

  /** Two containers of one slot must not even meet for a moment, if the log does not let them. */
  private void watchSlots() {
    while (!Thread.interrupted()) {
      try {
        audit().overlaps().forEach(seen -> twice.add(seen.toString()));
        Thread.sleep(250);
      } catch (InterruptedException ended) {
        return;
      } catch (CannotAudit notNow) {
        continue; // what broke the promise for long is seen again
      }
    }
  }

  /** What was seen of I3 being broken since the last time it was asked. */
  Set<String> seenTwice() {
    var seen = Set.copyOf(twice);
    twice.clear();
    return seen;
  }

  /**
   * What an audit finds: nothing, as soon as there is nothing to find, or what is left in the end.
   */
  Recovery recovery() {
    long begin = System.nanoTime();
    Findings findings = null;
    while (findings == null || !findings.isClean()) {
      if (System.nanoTime() - begin > LONGEST_RECOVERY.toNanos()) {
        break;
      }
      findings = look(findings);
    }
    return new Recovery(Duration.ofNanos(System.nanoTime() - begin), findings, seenTwice());
  }

  private Findings look(Findings before) {
    try {
      if (before != null) {
        Thread.sleep(250);
      }
      return audit().look();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    } catch (RuntimeException notYet) {
      return new Findings(0, 0, 0, 0, 1, List.of(), List.of());
    }
  }

  /** How an install came back after a fault. */
  record Recovery(Duration took, Findings findings, Set<String> twice) {

    boolean isClean() {
      return findings.isClean() && twice.isEmpty();
    }

    int violations() {
      return findings.violations().size() + twice.size() + (findings.underWay() > 0 ? 1 : 0);
    }

    String report() {
      return findings.report() + (twice.isEmpty() ? "" : "ran twice: " + twice);
    }
  }

  /** A service of the test's image on the hosts, not started. */
  String create(String name, int containers, Map<String, ?> more) {
    var body = new HashMap<String, Object>(more);
    body.putIfAbsent("image", Engine.IMAGE);
    body.putIfAbsent("tags", List.of(Map.of("name", Host.TAG)));
    body.putIfAbsent("run_command", "httpd -f -p 80 -h /www");
    body.put("name", name);
    body.put("target_num_containers", containers);
    return api.post(SERVICES, body).is(201).text("resource_uri");
  }

  String state(String uri) {
    return api.get(uri).is(200).text("state");
  }

  void awaitState(String uri, String state) {
    await()
        .atMost(LONGEST_RECOVERY)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions()
        .until(() -> state(uri).equals(state));
  }

  /** What the API says of why the last request did not succeed. */
  String why(Api.Answer asked) {
    var action = asked.raw().headers().firstValue("X-DockerCloud-Action-URI").orElseThrow();
    await()
        .atMost(LONGEST_RECOVERY)
        .until(() -> !api.get(action).text("state").equals("In progress"));
    var json = api.get(action).is(200);
    return json.text("state") + ": " + json.json().path("reason").asString("");
  }

  String printed() {
    var text = new StringBuilder(standalone.printed());
    hosts.forEach(host -> text.append(host.printed()));
    return text.toString();
  }

  /** A test that fails at its start closes nothing. */
  private void killPrograms() {
    if (standalone != null) {
      standalone.close();
    }
    hosts.stream().filter(Host::hasAgent).forEach(Host::killAgent);
  }

  @Override
  public void close() throws Exception {
    if (watch != null) {
      watch.interrupt();
    }
    standalone.close();
    for (var host : hosts) {
      host.close();
    }
    kafka.close();
    OwnEngine.run("rm", "-rf", folder.toString());
  }
}
