package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.cli.FakeServer.Answer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Logins for registries. */
class RegistriesTest {

  private static final String REPOSITORIES = "/api/repo/v1/repository/";
  private static final String APP = login("quay.io/me/app", "null");
  private final FakeServer server =
      new FakeServer()
          .list(REPOSITORIES, APP, login("docker.io/me/web", "\"no answer within 5 s\""))
          .on("POST " + REPOSITORIES, Answer.json(201, APP))
          .on("PATCH " + REPOSITORIES + "quay.io/me/app/", APP);

  @TempDir Path folder;

  private static String login(String name, String notChecked) {
    return """
    {"name":"%s","username":"robot","in_use":true,"not_checked":%s,"resource_uri":"/api/repo/v1/admin/repository/%s/"}
    """
        .formatted(name, notChecked, name);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Run run() {
    return new Run(folder, server.url());
  }

  @Test
  void theListSaysWhichLoginsTheRegistryAccepted() {
    var ended = run().of("repository", "ls");
    assertThat(ended.code()).isZero();
    assertThat(ended.out())
        .contains("quay.io/me/app", "accepted", "docker.io/me/web", "no: no answer within 5 s");
  }

  @Test
  void thePasswordIsReadFromTheInput() {
    var ended =
        run().typing("s3cret\n").of("repository", "register", "quay.io/me/app", "-u", "robot");
    assertThat(ended.code()).isZero();
    assertThat(ended.out()).contains("quay.io/me/app").doesNotContain("s3cret");
    assertThat(sent("POST")).contains("\"username\":\"robot\"", "\"password\":\"s3cret\"");
  }

  @Test
  void aTokenIsRenewed() {
    var ended = run().typing("").of("repository", "update", "quay.io/me/app", "-p", "newer");
    assertThat(ended.code()).isZero();
    assertThat(sent("PATCH")).isEqualTo("{\"password\":\"newer\"}");
  }

  @Test
  void withoutAPasswordNothingIsSent() {
    var ended = run().typing("").of("repository", "update", "quay.io/me/app");
    assertThat(ended.code()).isEqualTo(2);
    assertThat(server.written()).isEmpty();
  }

  private String sent(String method) {
    return server.asked().stream()
        .filter(one -> one.method().equals(method))
        .findFirst()
        .orElseThrow()
        .body();
  }
}
