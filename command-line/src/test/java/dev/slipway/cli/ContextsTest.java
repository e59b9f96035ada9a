package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.FakeServer.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContextsTest {

  @TempDir Path folder;

  private Run run() {
    return new Run(folder, "http://127.0.0.1:1").without("SLIPWAY_URL").without("SLIPWAY_APIKEY");
  }

  @Test
  void aLoginIsVerifiedAndStoredForItsUserAlone() throws IOException {
    try (var server = Shop.server()) {
      var ended =
          run()
              .typing("secret\n")
              .of("login", "--url", server.url(), "--user", "ann", "--context", "home");
      assertThat(ended.code()).isZero();
      for (var file : new String[] {"config.json", "credentials.json"}) {
        var permissions = Files.getPosixFilePermissions(folder.resolve("config").resolve(file));
        assertThat(PosixFilePermissions.toString(permissions)).isEqualTo("rw-------");
      }
      assertThat(Files.readString(folder.resolve("config/config.json"))).doesNotContain("secret");
      assertThat(run().of("service", "ls", "-o", "name").out()).isEqualTo("web\ndb\n");
      assertThat(run().of("context", "show").out()).contains("home", "ann");
    }
  }

  @Test
  void aKeyThatIsNotAcceptedIsNotStored() {
    try (var server = new FakeServer().on("GET /api/app/v1/service/", Answer.json(401, "{}"))) {
      assertThat(run().typing("wrong\n").of("login", "--url", server.url()).code()).isEqualTo(4);
      assertThat(folder.resolve("config/credentials.json")).doesNotExist();
    }
  }

  @Test
  void theInstallationOfAFolderAboveIsFoundByItself() throws IOException {
    try (var server = Shop.server()) {
      Files.createDirectories(folder.resolve(".slipway"));
      Files.createDirectories(folder.resolve("a/b"));
      Files.writeString(folder.resolve(".slipway/apikey"), "secret\n");
      Files.writeString(folder.resolve(".slipway/url"), server.url() + "\n");
      assertThat(run().in(folder.resolve("a/b")).of("service", "ls", "-o", "name").code()).isZero();
      assertThat(server.asked().getFirst().headers())
          .containsEntry("authorization", "Basic YWRtaW46c2VjcmV0");
    }
  }

  @Test
  void contextsAreAddedChosenAndForgotten() {
    assertThat(run().of("context", "add", "a", "--url", "http://a").code()).isZero();
    assertThat(run().of("context", "add", "b", "--url", "http://b", "--user", "ann").code())
        .isZero();
    assertThat(run().of("context", "use", "b").code()).isZero();
    assertThat(run().of("context", "ls", "--columns", "name,current,user").out())
        .isEqualTo("NAME  CURRENT  USER\na              admin\nb     *        ann\n");
    assertThat(run().of("context", "rm", "b").code()).isZero();
    assertThat(run().of("context", "use", "b").code()).isEqualTo(3);
    assertThat(run().of("context", "add", "a b", "--url", "http://a").code()).isEqualTo(2);
  }
}
