package dev.slipway.model.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.InvalidInput;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistryScopeTest {

  @ParameterizedTest
  @CsvSource({
    "nginx, docker.io/library/nginx",
    "nginx:1.27, docker.io/library/nginx",
    "me/app:1, docker.io/me/app",
    "docker.io/nginx, docker.io/library/nginx",
    "index.docker.io/me/app, docker.io/me/app",
    "quay.io/me/app:1.2, quay.io/me/app",
    "Quay.IO/me/app, quay.io/me/app",
    "localhost/app, localhost/app",
    "localhost:5000/app, localhost:5000/app",
    "r.example.com:5000/a/b/c:x, r.example.com:5000/a/b/c",
    "r.example.com:5000/app@sha256:aa, r.example.com:5000/app",
    "quay.io/me/app:1@sha256:aa, quay.io/me/app",
  })
  void anImageIsInItsRepository(String image, String repository) {
    assertThat(RegistryScope.ofImage(image).text()).isEqualTo(repository);
  }

  @ParameterizedTest
  @CsvSource({
    "me/app, docker.io/me/app",
    "nginx, docker.io/library/nginx",
    "quay.io/a/b, quay.io/a/b"
  })
  void aRepositoryHasOneForm(String name, String form) {
    var scope = RegistryScope.repository("name", name);
    assertThat(scope.text()).isEqualTo(form);
    assertThat(RegistryScope.of(form)).isEqualTo(scope);
    assertThat(scope.isRegistry()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "quay.io, quay.io",
    "registry-1.docker.io, docker.io",
    "localhost:5000, localhost:5000"
  })
  void aRegistryHasOneForm(String host, String form) {
    var scope = RegistryScope.registry("host", host);
    assertThat(scope.text()).isEqualTo(form);
    assertThat(RegistryScope.of(form)).isEqualTo(scope);
    assertThat(scope.isRegistry()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "a//b",
        "-/b",
        "quay.io/",
        "quay.io/A",
        "a:1",
        "a@b",
        "x y",
        "../etc",
        "h:99999999/a"
      })
  void aRepositoryThatNoRegistryHasIsRefused(String name) {
    assertThatThrownBy(() -> RegistryScope.repository("name", name))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "quay", "quay.io/", "https://quay.io", "quay.io:", ":5000", "a b.c"})
  void aRegistryThatCannotBeIsRefused(String host) {
    assertThatThrownBy(() -> RegistryScope.registry("host", host))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("host");
  }

  @Test
  void longNamesAreRefusedInLinearTime() {
    for (var text : new String[] {"/", "a", "-", "a.", "a/", ":", "_"}) {
      var name = text.repeat(1_000_000 / text.length());
      assertThatThrownBy(() -> RegistryScope.repository("name", name))
          .isInstanceOf(InvalidInput.class);
      assertThatThrownBy(() -> RegistryScope.registry("host", name))
          .isInstanceOf(InvalidInput.class);
      assertThat(RegistryScope.ofImage(name)).isNotNull();
    }
  }
}
