package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.FakeServer.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WritesTest {

  private static final String STOP = Shop.SERVICES + Shop.WEB + "/stop/";
  private static final String WEB = Shop.SERVICES + Shop.WEB + "/";
  private static final String PLAN =
      """
      {"version":9,"summary":"stop 2","warnings":["ports are in use"],"changes":[],"plan":[
       {"step":1,"action":"stop","name":"web-1","node_name":"vm","erases_volumes":false,"refused":null},
       {"step":2,"action":"replace","name":"web-2","node_name":"vm","order":"stop_first","erases_volumes":true,
        "refused":{"reason":"no node can take it","refusals":[{"node_name":"vm","reason":"missing tag db"}]}}]}
      """;

  @TempDir Path folder;

  private final FakeServer server =
      Shop.server()
          .on("POST " + STOP + "?dry_run=true", Answer.json(PLAN).with("ETag", "\"9\""))
          .on("POST " + STOP, begun());

  private static Answer begun() {
    return Answer.json(202, Shop.service(Shop.WEB, "web", "Stopping", 2, 3))
        .with("X-DockerCloud-Action-URI", "/api/audit/v1/action/%s/".formatted(Shop.ACTION));
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Run run() {
    return new Run(folder, server.url());
  }

  @Test
  void aWriteInATerminalShowsItsPlanAndAsks() {
    var ended = run().onTerminal(80, "y\n").of("service", "stop", "web", "--color", "never");
    assertThat(ended.code()).isZero();
    assertThat(ended.err())
        .contains(
            "Context SLIPWAY_URL, namespace admin, service web",
            "    1. stop    web-1 on vm\n",
            "    2. replace web-2 on vm, stop first, erases its volumes\n",
            "       no node can take it\n",
            "         vm  missing tag db\n",
            "  ! ports are in use",
            "  stop 2\n",
            "Apply? [y/N] ",
            "service web: done");
    assertThat(server.written()).containsExactly("POST " + STOP + "?dry_run=true", "POST " + STOP);
  }

  @Test
  void theVersionThatWasPreviewedIsTheOneThatIsChanged() {
    run().onTerminal(80, "yes\n").of("service", "stop", "web", "--why", "the sale is over");
    var sent =
        server.asked().stream().filter(one -> one.uri().equals(STOP)).findFirst().orElseThrow();
    assertThat(sent.headers())
        .containsEntry("if-match", "\"9\"")
        .containsEntry("x-change-reason", "the sale is over");
  }

  @Test
  void whoeverDoesNotAgreeChangesNothing() {
    var ended = run().onTerminal(80, "\n").of("service", "stop", "web");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err()).contains("Nothing was changed.");
    assertThat(server.written()).containsExactly("POST " + STOP + "?dry_run=true");
  }

  @Test
  void aServiceThatChangedSinceThePreviewIsLeftAlone() {
    server.on("POST " + STOP, Answer.json(412, "{\"error\":\"version 10\"}"));
    var ended = run().onTerminal(80, "y\n").of("service", "stop", "web");
    assertThat(ended.code()).isEqualTo(5);
    assertThat(ended.err()).contains("service web has changed since the preview; nothing was done");
  }

  @Test
  void withoutATerminalNobodyIsAskedAndNothingIsPreviewed() {
    var ended = run().of("service", "stop", "web");
    assertThat(ended.code()).isZero();
    assertThat(server.written()).containsExactly("POST " + STOP);
  }

  @Test
  void withYesNothingIsPreviewed() {
    assertThat(run().onTerminal(80, "").of("service", "stop", "web", "--yes").code()).isZero();
    assertThat(server.written()).containsExactly("POST " + STOP);
  }

  @Test
  void aDryRunShowsThePlanAndChangesNothing() {
    var ended = run().of("service", "stop", "web", "--dry-run");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("1. stop    web-1 on vm");
    assertThat(server.written()).containsExactly("POST " + STOP + "?dry_run=true");
    assertThat(run().of("service", "stop", "web", "--dry-run", "-o", "json").out())
        .contains("\"summary\" : \"stop 2\"");
  }

  @Test
  void anOlderServerThatPreviewsNothingIsAskedAllTheSame() {
    server.on(
        "POST " + STOP + "?dry_run=true",
        Answer.json(400, "{\"error\":\"dry_run is for services\"}"));
    var ended = run().onTerminal(80, "").of("service", "stop", "web");
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("This server cannot preview that.");
    assertThat(run().of("service", "stop", "web", "--dry-run").code()).isEqualTo(2);
  }

  @Test
  void whatIsTerminatedWithoutATerminalNeedsYes() {
    server.on("DELETE " + WEB, begun());
    var refused = run().of("service", "rm", "web");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("say --yes to go on with service web");
    assertThat(server.written()).isEmpty();
    assertThat(run().of("service", "rm", "web", "--yes").code()).isZero();
  }

  @Test
  void workThatFailsEndsWithItsReason() {
    server.on(
        "GET /api/audit/v1/action/" + Shop.ACTION + "/",
        Shop.action("Failed", "no node can take web-3"));
    var ended = run().of("service", "stop", "web");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err())
        .contains("service web: failed: no node can take web-3", "slipway why web");
  }

  @Test
  void workThatIsNotWaitedForGoesOn() {
    server.on("GET /api/audit/v1/action/" + Shop.ACTION + "/", Shop.action("In progress", ""));
    var ended = run().of("service", "stop", "web", "--detach");
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("slipway action wait " + Shop.ACTION);
  }

  @Test
  void aScaleSetsTheNumberAndAppliesIt() {
    server
        .on("PATCH " + WEB, Shop.service(Shop.WEB, "web", "Running", 2, 5))
        .on("POST " + WEB + "scale/", begun());
    assertThat(run().of("service", "scale", "web", "5").code()).isZero();
    assertThat(server.written()).containsExactly("PATCH " + WEB, "POST " + WEB + "scale/");
    assertThat(server.asked()).anyMatch(one -> one.body().equals("{\"target_num_containers\":5}"));
  }

  @Test
  void variablesThatAreNotNamedStay() {
    server.on("PATCH " + WEB, Shop.service(Shop.WEB, "web", "Running", 2, 3));
    run().of("service", "set", "web", "-e", "B=c", "--set", "memory=512", "-p", "81:80/udp");
    var body =
        server.asked().stream()
            .filter(one -> one.method().equals("PATCH"))
            .findFirst()
            .orElseThrow()
            .body();
    assertThat(body)
        .isEqualTo(
            "{\"container_envvars\":[{\"key\":\"B\",\"value\":\"c\"},{\"key\":\"A\",\"value\":\"b\"}],"
                + "\"container_ports\":[{\"protocol\":\"udp\",\"inner_port\":80,\"outer_port\":81,\"published\":true}],\"memory\":512}");
  }

  @Test
  void warningsOfTheServerAreShown() {
    server.on(
        "PATCH " + WEB,
        Answer.json("{}").with("Slipway-Warning", "unknown attribute nam (did you mean name?)"));
    assertThat(run().of("service", "set", "web", "--set", "nam=x").err())
        .contains("Warning: unknown attribute nam (did you mean name?)");
  }

  @Test
  void aPlanEndsWith8IfSomethingWouldChange() {
    var ended = run().of("service", "plan", "stop", "web", "--exit-code");
    assertThat(ended.code()).isEqualTo(8);
    assertThat(ended.out()).contains("1. stop    web-1 on vm");
  }

  @Test
  void aRestoreNamesTheVersion() {
    server.on("POST " + WEB + "restore/?version=7", Shop.service(Shop.WEB, "web", "Running", 2, 3));
    var ended = run().of("restore", "web", "--to", "7");
    assertThat(ended.code()).isZero();
    assertThat(ended.err()).contains("slipway service redeploy web");
    assertThat(run().of("restore", "web").code()).isEqualTo(2);
  }
}
