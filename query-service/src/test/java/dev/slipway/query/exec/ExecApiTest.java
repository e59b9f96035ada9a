package dev.slipway.query.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.model.account.AccountEvent.PolicyChanged;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.exec.ExecRequest;
import dev.slipway.model.exec.ExecRequest.Refused;
import dev.slipway.model.policy.Policy;
import dev.slipway.model.policy.Rule;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Topics;
import dev.slipway.query.QuerySide;
import dev.slipway.query.service.Happenings;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class ExecApiTest {

  static final ServiceId WEB = new ServiceId(UUID.randomUUID().toString());
  static final String PATH = "/api/app/v1/admin/container/%s/exec/";
  static final String RUNNING = PATH.formatted(ContainerId.of(WEB, 1, 1));
  static final FakeNode NODE = new FakeNode();
  static QuerySide side;

  @BeforeAll
  static void start() {
    side =
        new QuerySide(
            context -> FakeNode.register(context, NODE),
            "--slipway.exec-idle=2s",
            "--slipway.exec-silence=4s");
    appendTo(side);
  }

  static void appendTo(QuerySide side) {
    Happenings.records(Happenings.running(WEB, "web")).forEach(side.log::append);
    var stopped = new ContainerExited(WEB, ContainerId.of(WEB, 2, 1), 0, false, null, null, null);
    side.log.append(Happenings.record(stopped, 9));
    await()
        .until(
            () ->
                side.get("/api/app/v1/container/" + ContainerId.of(WEB, 2, 1))
                    .body()
                    .contains("Stopped"));
  }

  @AfterAll
  static void stop() {
    side.close();
  }

  static String shown(QuerySide.Frames frames) {
    var text = new StringBuilder();
    for (var frame : List.copyOf(frames.received)) {
      var json = JsonMapper.shared().readTree(frame);
      assertThat(json.get("type").asString()).isEqualTo("exec");
      assertThat(json.get("streamType").asString()).isEqualTo("stdout");
      text.append(json.get("output").asString());
    }
    return text.toString();
  }

  static ExecRequest.Open opened(String command) {
    return NODE.requests.stream()
        .filter(r -> r instanceof ExecRequest.Open open && open.command().equals(command))
        .map(ExecRequest.Open.class::cast)
        .toList()
        .getLast();
  }

  @Test
  void relaysWhatIsTypedAndShownUntilTheCommandEnds() {
    var frames = side.open(RUNNING + "?&command=sh+-c+%27cat%27&w=132&h=50");
    var pasted = "ä€😀".repeat(5_000);
    frames.type("l");
    frames.type("s\n");
    frames.type(pasted);
    await().atMost(Duration.ofSeconds(30)).until(() -> shown(frames).equals("ls\n" + pasted));
    var open = opened("sh -c 'cat'");
    assertThat(open.width()).isEqualTo(132);
    assertThat(open.height()).isEqualTo(50);
    assertThat(open.name()).isEqualTo("web-1");
    assertThat(open.node()).isEqualTo(Happenings.NODE);
    frames.type("\u0004");
    await().until(frames::isClosed);
    assertThat(frames.status).isEqualTo(1000);
  }

  @Test
  void endsWithTheExitCodeOfTheCommand() {
    var frames = side.open(RUNNING + "?command=false");
    frames.type("\u0004");
    await().until(frames::isClosed);
    assertThat(frames.received).containsExactly("{\"type\":\"exit\",\"code\":3}");
    assertThat(frames.status).isEqualTo(1000);
    var old = side.open(RUNNING + "?command=old");
    old.type("\u0005");
    await().until(old::isClosed);
    assertThat(old.received)
        .containsExactly(
            "{\"type\":\"exit\",\"code\":null,\"reason\":\"its node reports no exit code\"}");
  }

  @Test
  void runsAShellUnlessAnotherCommandIsNamed() {
    for (var query : List.of("", "?command=", "?&command=")) {
      NODE.requests.clear();
      try (var frames = side.open(RUNNING + query)) {
        await().until(() -> !NODE.requests.isEmpty());
        assertThat(opened("sh").width()).isEqualTo(80);
        assertThat(frames.isClosed()).isFalse();
      }
      await().until(() -> NODE.requests.getLast() instanceof ExecRequest.Close);
    }
  }

  @Test
  void saysWhyACommandDoesNotRun() {
    var frames = side.open(RUNNING + "?command=nonsense");
    await().until(frames::isClosed);
    assertThat(frames.received)
        .containsExactly(
            "{\"type\":\"error\",\"data\":{\"errorMessage\":\"no such command: nonsense\"}}",
            "{\"type\":\"exit\",\"code\":null,\"reason\":\"no such command: nonsense\"}");
    assertThat(frames.status).isEqualTo(1011);
  }

  @Test
  void endsASessionInWhichNothingHappens() {
    var frames = side.open(RUNNING + "?command=idle");
    await().atMost(Duration.ofSeconds(10)).until(frames::isClosed);
    assertThat(frames.reason).isEqualTo("nothing happened for too long");
    assertThat(frames.received.getLast())
        .isEqualTo(
            "{\"type\":\"exit\",\"code\":null,\"reason\":\"nothing happened for too long\"}");
    await()
        .until(
            () ->
                NODE.requests.stream()
                    .anyMatch(
                        r ->
                            r instanceof ExecRequest.Close c
                                && c.session().equals(opened("idle").session())));
  }

  @Test
  void saysSoWhenTheNodeNeverAnswers() {
    NODE.dead = true;
    var frames = side.open(RUNNING + "?command=dead");
    typeUntilClosed(frames);
    NODE.dead = false;
    assertThat(frames.status).isEqualTo(1013);
    assertThat(frames.reason).isEqualTo("the node does not answer");
    assertThat(closed("dead").problem()).isEqualTo("the node does not answer");
  }

  /** So that it is not for want of anything to do. */
  static void typeUntilClosed(QuerySide.Frames frames) {
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              frames.typeIfOpen("b");
              return frames.isClosed();
            });
  }

  static ExecRequest.Close closed(String command) {
    var session = opened(command).session();
    await()
        .until(
            () ->
                NODE.requests.stream()
                    .anyMatch(r -> r instanceof ExecRequest.Close && r.session().equals(session)));
    return NODE.requests.stream()
        .filter(r -> r instanceof ExecRequest.Close && r.session().equals(session))
        .map(ExecRequest.Close.class::cast)
        .toList()
        .getFirst();
  }

  @Test
  void saysSoWhenTheNodeAnswersNoMore() {
    var frames = side.open(RUNNING + "?command=dying");
    frames.type("a");
    await().until(() -> shown(frames).equals("a"));
    NODE.dead = true;
    typeUntilClosed(frames);
    NODE.dead = false;
    assertThat(frames.reason).isEqualTo("the node does not answer");
    assertThat(closed("dying").problem()).isEqualTo("the node does not answer");
  }

  @Test
  void staysOpenWhileTheNodeSaysThatItIsThere() {
    var frames = side.open(RUNNING + "?command=quiet");
    await().until(() -> NODE.requests.stream().anyMatch(r -> isOpening(r, "quiet")));
    var session = opened("quiet").session();
    NODE.dead = true;
    await()
        .during(Duration.ofSeconds(6))
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> {
              frames.typeIfOpen("x");
              NODE.sayAlive(session);
              return !frames.isClosed();
            });
    NODE.dead = false;
    frames.close();
  }

  static boolean isOpening(ExecRequest request, String command) {
    return request instanceof ExecRequest.Open open && open.command().equals(command);
  }

  @Test
  void saysHowMuchWasReadSoThatMoreMayCome() {
    var frames = side.open(RUNNING + "?command=much");
    await().until(() -> NODE.requests.stream().anyMatch(r -> isOpening(r, "much")));
    var session = opened("much").session();
    NODE.show(session, "x".repeat(100_000).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    await()
        .until(
            () -> NODE.requests.contains(new ExecRequest.Read(session, Happenings.NODE, 100_000)));
    frames.close();
  }

  @Test
  void refusesBeforeTheUpgrade() throws Exception {
    var key = QuerySide.AUTHORIZATION;
    assertThat(side.refusal(RUNNING, "")).isEqualTo(401);
    assertThat(
            side.refusal(
                "/app/v1/container/%s/exec/?user=admin&token=key"
                    .formatted(ContainerId.of(WEB, 1, 1)),
                ""))
        .isEqualTo(101);
    assertThat(side.refusal(PATH.formatted(UUID.randomUUID()), key)).isEqualTo(404);
    assertThat(side.refusal(PATH.formatted(ContainerId.of(WEB, 2, 1)), key)).isEqualTo(409);
    for (var bad : List.of("w=x", "w=0", "h=1001", "h=-4", "command=" + "x".repeat(4_001))) {
      assertThat(side.refusal(RUNNING + "?" + bad, key)).as(bad).isEqualTo(400);
    }
    assertThat(side.get(RUNNING).statusCode()).isEqualTo(400);
  }

  @Test
  void isAsThePolicyOfTheNamespaceSays() {
    policy(Rule.WARN, 0);
    await().until(() -> side.refusal(RUNNING, QuerySide.AUTHORIZATION) == 101);
    policy(Rule.DENY, 1);
    await().until(() -> side.refusal(RUNNING, QuerySide.AUTHORIZATION) == 403);
    var problem = "exec is denied by the policy of admin";
    await()
        .untilAsserted(() -> assertThat(refusals()).extracting(Refused::problem).contains(problem));
    assertThat(refusals().getLast().asked().name()).isEqualTo("Container Exec");
    policy(Rule.ALLOW, 2);
    await().until(() -> side.refusal(RUNNING, QuerySide.AUTHORIZATION) == 101);
  }

  static void policy(Rule rule, long sequence) {
    var changed = new PolicyChanged(Happenings.NAMESPACE, Policy.ALLOWING.withExec(rule));
    side.log.append(
        Happenings.record(
            Topics.ACCOUNT_EVENTS, changed.subject(), changed, sequence, Happenings.START));
  }

  static List<Refused> refusals() {
    return NODE.requests.stream()
        .filter(Refused.class::isInstance)
        .map(Refused.class::cast)
        .toList();
  }

  @Test
  void isForbiddenWhereItIsSetSo() {
    var node = new FakeNode();
    try (var strict =
        new QuerySide(context -> FakeNode.register(context, node), "--slipway.exec=false")) {
      appendTo(strict);
      assertThat(strict.refusal(RUNNING, QuerySide.AUTHORIZATION)).isEqualTo(403);
      assertThat(strict.refusal(PATH.formatted(UUID.randomUUID()), QuerySide.AUTHORIZATION))
          .isEqualTo(404);
    }
  }
}
