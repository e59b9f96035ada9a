package dev.slipway.agent.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.Samples;
import dev.slipway.agent.engine.FakeEngine;
import dev.slipway.agent.engine.RealEngine;
import dev.slipway.model.Namespace;
import dev.slipway.model.Uuids;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.action.Origin;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.exec.ExecOutput;
import dev.slipway.model.exec.ExecOutput.Alive;
import dev.slipway.model.exec.ExecOutput.Ended;
import dev.slipway.model.exec.ExecOutput.Shown;
import dev.slipway.model.exec.ExecOutput.Started;
import dev.slipway.model.exec.ExecRequest;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ExecSessionsTest {

  private final NodeId node = new NodeId(Uuids.random());
  private final List<ExecOutput> answers = new CopyOnWriteArrayList<>();
  private final Assignment web =
      Samples.assignment(
          node, new ServiceId(Uuids.random()), 1, Wanted.RUNNING, 1, "run_command", "sleep 600");

  private ExecRequest.Open open(String session, String command) {
    return new ExecRequest.Open(
        session, node, web.container(), web.spec().name(), command, 100, 30, asked());
  }

  private static ActionRequest asked() {
    return new ActionRequest(
        new Namespace("admin"),
        "Container Exec",
        "/api/app/v1/admin/container/x/",
        "GET",
        "/",
        "",
        new Origin("admin", "127.0.0.1", "test", null));
  }

  private void type(ExecSessions sessions, String session, String text) {
    sessions.take(ExecRequest.Typed.of(session, node, text.getBytes(StandardCharsets.UTF_8)));
  }

  private String shown() {
    var text = new StringBuilder();
    for (var answer : answers) {
      if (answer instanceof Shown shown) {
        text.append(new String(shown.bytes(), StandardCharsets.UTF_8));
      }
    }
    return text.toString();
  }

  private Ended ended(String session) {
    await()
        .until(
            () ->
                answers.stream().anyMatch(a -> a instanceof Ended && a.session().equals(session)));
    return (Ended) answers.getLast();
  }

  /** Shows without end what it is never asked for. */
  private static final class Chatty extends FakeEngine {

    final AtomicLong shown = new AtomicLong();
    final AtomicLong typed = new AtomicLong();
    final List<String> closed = new CopyOnWriteArrayList<>();

    @Override
    public Terminal exec(String engineId, String command, int width, int height, LogSink sink) {
      var thread =
          Thread.ofVirtual()
              .start(
                  () -> {
                    while (closed.isEmpty()) {
                      sink.bytes(false, new byte[10_000]);
                      shown.addAndGet(10_000);
                    }
                  });
      return new Terminal() {
        @Override
        public boolean type(byte[] bytes) {
          return typed.addAndGet(bytes.length) < 100_000;
        }

        @Override
        public void close() {
          closed.add(thread.getName());
        }
      };
    }
  }

  @Test
  void sendsNoMoreThanTheReaderHasRoomFor() {
    var engine = new Chatty();
    engine.start(engine.create(node, web, engine.image("any").orElseThrow()));
    var sessions = new ExecSessions(node, engine, true, answers::add);
    sessions.take(open("s", "yes"));
    await().until(() -> engine.shown.get() > 200_000);
    await().during(Duration.ofMillis(300)).until(() -> engine.shown.get() < 300_000);
    sessions.take(new ExecRequest.Read("s", node, 1_000_000));
    await().until(() -> engine.shown.get() > 1_000_000);
    sessions.take(new ExecRequest.Close("s", node, null));
    await().until(() -> !engine.closed.isEmpty() && sessions.count() == 0);
    assertThat(ended("s").problem()).isNull();
  }

  @Test
  void saysWhyNothingRuns() {
    var sessions = new ExecSessions(node, new FakeEngine(), true, answers::add);
    sessions.take(open("s", "sh"));
    assertThat(ended("s").problem()).isEqualTo("the container does not run");
    assertThat(sessions.count()).isZero();
  }

  @Test
  void saysEveryTwentySecondsThatItIsThereForAsLongAsSomebodyListens() {
    var engine = new Chatty();
    engine.start(engine.create(node, web, engine.image("any").orElseThrow()));
    var clock = new AtomicLong(Long.MAX_VALUE);
    var sessions = new ExecSessions(node, engine, true, answers::add, clock::get);
    sessions.take(open("s", "yes"));
    await().until(() -> answers.contains(new Started("s")));
    for (int second = 0; second < 80; second++) {
      clock.addAndGet(Duration.ofSeconds(1).toNanos());
      sessions.pulse();
    }
    assertThat(answers.stream().filter(new Alive("s")::equals)).hasSize(3);
    assertThat(ended("s").problem()).isEqualTo("nobody is there any more");
  }

  @Test
  void endsWhenMoreIsTypedThanTheCommandReads() {
    var engine = new Chatty();
    engine.start(engine.create(node, web, engine.image("any").orElseThrow()));
    var sessions = new ExecSessions(node, engine, true, answers::add);
    sessions.take(open("s", "sleep 600"));
    await().until(() -> engine.shown.get() > 0);
    for (int i = 0; i < 100; i++) {
      type(sessions, "s", "x".repeat(10_000));
    }
    assertThat(ended("s").problem()).isEqualTo("more was typed than the command reads");
    await().until(() -> !engine.closed.isEmpty());
    assertThat(engine.typed).hasValue(100_000);
  }

  @Test
  void saysAtOnceThatCommandsAreForbiddenHere() {
    try (var sessions = new ExecSessions(node, new FakeEngine(), false, answers::add)) {
      sessions.take(open("s", "sh"));
      assertThat(answers).containsExactly(new Ended("s", "forbidden on this node"));
      assertThat(sessions.count()).isZero();
    }
  }

  @Test
  void endsAllWhenTheAgentStops() {
    var engine = new Chatty();
    engine.start(engine.create(node, web, engine.image("any").orElseThrow()));
    var sessions = new ExecSessions(node, engine, true, answers::add);
    sessions.take(open("s", "yes"));
    await().until(() -> answers.contains(new Started("s")) && engine.shown.get() > 0);
    sessions.close();
    assertThat(answers).contains(new Ended("s", "the agent stops"));
    await().until(() -> !engine.closed.isEmpty());
  }

  @Test
  void isAShellOnATerminalOfARealContainer() throws Exception {
    try (var real = RealEngine.ofThisMachine(node);
        var sessions = new ExecSessions(node, real.engine, true, answers::add)) {
      real.start(web);
      sessions.take(open("s", "sh"));
      await().until(() -> answers.contains(new Started("s")));
      type(sessions, "s", "echo $((40 + 2)) ä; stty size\n");
      await().untilAsserted(() -> assertThat(shown()).contains("42 ä\r\n", "30 100"));
      type(sessions, "s", "sleep 500; echo slept\n");
      await().until(() -> shown().contains("echo slept"));
      type(sessions, "s", "\u0003");
      type(sessions, "s", "echo in''terrupted\n");
      await().untilAsserted(() -> assertThat(shown()).contains("interrupted"));
      assertThat(sessions.count()).isEqualTo(1);
      type(sessions, "s", "exit 7\n");
      assertThat(ended("s").problem()).isNull();
      assertThat(ended("s").exitCode()).isEqualTo(7);
      sessions.take(open("t", "no-such-command"));
      assertThat(Objects.toString(ended("t").problem(), shown())).contains("no-such-command");
    }
  }
}
