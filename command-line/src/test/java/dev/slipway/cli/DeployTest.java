package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.FakeServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeployTest {

  private static final String STACKS = "/api/app/v1/stack/";
  private static final String SHOP = STACKS + Shop.STACK + "/";
  private static final String SERVICES_OF_SHOP =
      "/api/app/v1/service/?stack=%2Fapi%2Fapp%2Fv1%2Fstack%2F" + Shop.STACK + "%2F&limit=100";
  private static final String FILE =
      """
      services:
        web:
          image: demo/hello:2
          depends_on: [db]
          container_name: front
        db:
          image: demo/db
      """;
  private static final String PREVIEW =
      """
      {"stack":{},"summary":"replace 1, add 1","services":[
       {"name":"web","change":"update","version":3,"changes":[{"attribute":"image","from":"demo/hello:1","to":"demo/hello:2"}],"plan":[]},
       {"name":"db","change":"create","version":null,"changes":[],"plan":[{"step":1,"action":"add","name":"db-1","node_name":"vm"}]},
       {"name":"old","change":"kept","version":3,"changes":[],"plan":[]}]}
      """;

  @TempDir Path folder;
  private final FakeServer server = Shop.server();

  @BeforeEach
  void writeFile() throws IOException {
    Files.writeString(folder.resolve("compose.yaml"), FILE);
    var begun =
        Answer.json(202, "{}")
            .with("X-DockerCloud-Action-URI", "/api/audit/v1/action/%s/".formatted(Shop.ACTION));
    for (var uuid : List.of(Shop.WEB, Shop.DB)) {
      for (var verb : List.of("start", "redeploy")) {
        server.on("POST /api/app/v1/service/%s/%s/".formatted(uuid, verb), begun);
      }
    }
    server
        .list(STACKS + "?name=shop&limit=100")
        .list(SERVICES_OF_SHOP, service(Shop.WEB, "web", true), service(Shop.DB, "db", true));
    server.on("POST " + STACKS, Answer.json(201, Shop.STACK_JSON));
  }

  private static String service(String uuid, String name, boolean isSynchronized) {
    return Shop.service(uuid, name, isSynchronized ? "Not running" : "Running", 0, 1)
        .replace("\"synchronized\":true", "\"synchronized\":" + isSynchronized);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private Run run() {
    return new Run(folder, server.url());
  }

  @Test
  void aNewStackIsMadeAndStartedInTheOrderOfItsDependencies() {
    var ended = run().of("deploy", "shop", "--why", "new");
    assertThat(ended.err()).contains("  ! services.web.container_name is left out", "Done in");
    assertThat(ended.code()).isZero();
    assertThat(server.written())
        .containsExactly(
            "POST " + STACKS,
            "POST /api/app/v1/service/%s/start/".formatted(Shop.DB),
            "POST /api/app/v1/service/%s/start/".formatted(Shop.WEB));
    assertThat(server.asked())
        .anyMatch(
            one ->
                one.body()
                    .equals(
                        "{\"name\":\"shop\",\"services\":[{\"name\":\"web\",\"image\":\"demo/hello:2\",\"depends_on\":[\"db\"]},"
                            + "{\"name\":\"db\",\"image\":\"demo/db\"}]}"));
  }

  @Test
  void aStackThatIsThereIsPreviewedChangedAndOnlyWhatNeedsItIsRedeployed() {
    server.list(STACKS + "?name=shop&limit=100", Shop.STACK_JSON);
    server.list(
        SERVICES_OF_SHOP,
        service(Shop.WEB, "web", false),
        Shop.service(Shop.DB, "db", "Running", 1, 1));
    server.on("PATCH " + SHOP + "?dry_run=true", PREVIEW).on("PATCH " + SHOP, Shop.STACK_JSON);
    server.on("GET " + SHOP + "history/", "{\"objects\":[{\"version\":17}]}");
    var ended = run().onTerminal(80, "y\n").of("deploy", "shop", "--color", "never");
    assertThat(ended.err())
        .contains(
            "Context SLIPWAY_URL, namespace admin, stack shop",
            "  ~ web\n      ~ image  demo/hello:1 → demo/hello:2\n",
            "  + db  new\n    1. add     db-1 on vm\n",
            "    old  not in the file, kept (remove it with --prune)\n",
            "Undo: slipway stack restore shop --to 17");
    assertThat(server.written())
        .containsExactly(
            "PATCH " + SHOP + "?dry_run=true",
            "PATCH " + SHOP,
            "POST /api/app/v1/service/%s/redeploy/".formatted(Shop.WEB));
  }

  @Test
  void aPruneWithoutATerminalNeedsYes() {
    server
        .list(STACKS + "?name=shop&limit=100", Shop.STACK_JSON)
        .on("PATCH " + SHOP + "?prune=true", Shop.STACK_JSON);
    assertThat(run().of("deploy", "shop", "--prune").code()).isEqualTo(2);
    assertThat(server.written()).isEmpty();
    assertThat(run().of("deploy", "shop", "--prune", "--yes", "--no-start").code()).isZero();
    assertThat(server.written()).containsExactly("PATCH " + SHOP + "?prune=true");
  }

  @Test
  void aDryRunChangesNothing() {
    server.on("POST " + STACKS + "?dry_run=true", PREVIEW);
    var ended = run().of("deploy", "shop", "--dry-run");
    assertThat(ended.code()).isZero();
    assertThat(server.written()).containsExactly("POST " + STACKS + "?dry_run=true");
    assertThat(run().of("stack", "plan", "shop", "--exit-code").code()).isEqualTo(8);
  }

  @Test
  void aRefusalOfTheServerIsShown() {
    server.on(
        "POST " + STACKS,
        Answer.json(400, "{\"error\":\"services[0].image must not be empty (service web)\"}"));
    var ended = run().of("deploy", "shop");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(ended.err()).contains("services[0].image must not be empty (service web)");
  }

  @Test
  void withoutAFileTheNamesThatAreLookedForAreListed() throws IOException {
    Files.delete(folder.resolve("compose.yaml"));
    assertThat(run().of("deploy").err())
        .contains("no file to deploy here", "compose.yaml", "docker-cloud.yml");
    assertThat(run().of("deploy", "-f", "away.yml").err()).contains("there is no such file");
  }
}
