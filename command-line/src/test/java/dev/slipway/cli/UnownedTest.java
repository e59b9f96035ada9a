package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.FakeServer.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers that no record accounts for are listed, adopted and removed. */
class UnownedTest {

  private static final String NODE = "/api/infra/v1/node/" + Shop.NODE + "/";
  private static final String UNOWNED = NODE + "unowned/";
  private static final String OTHER = "3f0c7d7e-0000-4000-8000-000000000007";
  private static final String WEB_3 = unowned(Shop.CONTAINER, "web-3");

  @TempDir Path folder;

  private final FakeServer server =
      Shop.server()
          .list("/api/infra/v1/node/?nickname=vm&limit=100", Shop.NODE_JSON)
          .list(UNOWNED, WEB_3)
          .on("POST " + UNOWNED + Shop.CONTAINER + "/adopt/", done())
          .on("POST " + UNOWNED + Shop.CONTAINER + "/remove/", done());

  private static String unowned(String uuid, String name) {
    return """
    {"uuid":"%s","name":"%s","reason":"it is of a lost past","service":"/api/app/v1/service/%s/","slot":3}
    """
        .formatted(uuid, name, Shop.WEB);
  }

  private static Answer done() {
    return Answer.json(202, Shop.service(Shop.WEB, "web", "Running", 3, 3))
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
  void areListedWithTheirServiceAndTheReason() {
    var ended = run().of("node", "unowned", "vm");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.out()).contains("web-3", Shop.CONTAINER, Shop.WEB, "it is of a lost past");
    server.list(UNOWNED);
    assertThat(run().of("node", "unowned", "vm").err()).contains("None.");
  }

  @Test
  void oneIsAdoptedByItsNameOrUuid() {
    var adopt = "POST " + UNOWNED + Shop.CONTAINER + "/adopt/";
    var ended = run().of("node", "adopt", "vm", "web-3");
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(run().of("node", "adopt", "vm", Shop.CONTAINER).code()).isZero();
    assertThat(server.written()).containsExactly(adopt, adopt);
  }

  @Test
  void oneIsRemovedOnlyIfThatIsConfirmed() {
    var refused = run().of("node", "remove-unowned", "vm", "web-3");
    assertThat(refused.code()).isEqualTo(2);
    assertThat(server.written()).isEmpty();
    assertThat(run().of("node", "remove-unowned", "vm", "web-3", "--yes").code()).isZero();
    assertThat(server.written()).containsExactly("POST " + UNOWNED + Shop.CONTAINER + "/remove/");
  }

  @Test
  void namesThatAreMissingOrNotUniqueAreRefused() {
    var missing = run().of("node", "adopt", "vm", "nothing");
    assertThat(missing.code()).isEqualTo(Failure.NOT_FOUND);
    assertThat(missing.err()).contains("node vm has no unowned container 'nothing'");
    server.list(UNOWNED, WEB_3, unowned(OTHER, "web-3"));
    var twice = run().of("node", "adopt", "vm", "web-3");
    assertThat(twice.code()).isEqualTo(2);
    assertThat(twice.err()).contains("2 unowned containers are called 'web-3'", OTHER);
    assertThat(server.written()).isEmpty();
  }
}
