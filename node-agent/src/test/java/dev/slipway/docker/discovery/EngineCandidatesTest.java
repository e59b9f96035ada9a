package dev.slipway.docker.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EngineCandidatesTest {

  private static final Path HOME = Path.of("/home/ann");
  private final Map<Path, String> files = new HashMap<>();

  private List<EngineCandidate> candidates(Map<String, String> environment) {
    return new EngineCandidates(environment, HOME, path -> Optional.ofNullable(files.get(path)))
        .list();
  }

  private EngineCandidate only(Map<String, String> environment) {
    var found = candidates(environment);
    assertThat(found).hasSize(1);
    assertThat(found.getFirst().chosen()).isTrue();
    return found.getFirst();
  }

  private void context(String endpoint) throws Exception {
    files.put(
        HOME.resolve(".docker/contexts/meta/%s/meta.json".formatted(sha256("prod"))),
        "{\"Name\":\"prod\",\"Metadata\":{},\"Endpoints\":{\"docker\":%s}}".formatted(endpoint));
  }

  private static String sha256(String text) throws Exception {
    return java.util.HexFormat.of()
        .formatHex(
            java.security.MessageDigest.getInstance("SHA-256")
                .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }

  private Path certificates(String name) throws Exception {
    return HOME.resolve(".docker/contexts/tls/%s/docker/%s".formatted(sha256("prod"), name));
  }

  @ParameterizedTest
  @CsvSource({
    "unix:///run/a.sock, unix:///run/a.sock",
    "/run/a.sock, unix:///run/a.sock",
    "tcp://10.0.0.5:2375, tcp://10.0.0.5:2375",
    "tcp://10.0.0.5:2375/, tcp://10.0.0.5:2375",
    "'  unix:///run/a.sock ', unix:///run/a.sock",
  })
  void dockerHostIsTheOnlyCandidate(String given, String address) {
    var found = only(Map.of("DOCKER_HOST", given, "DOCKER_CONTEXT", "prod"));
    assertThat(found.address()).hasToString(address);
    assertThat(found.address().tls()).isNull();
    assertThat(found.reason()).isEqualTo("DOCKER_HOST");
  }

  @Test
  void certificatesOfTheEnvironmentBelongToTcpOnly() {
    var tls = Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", "/certs");
    var tcp = new HashMap<>(tls);
    tcp.put("DOCKER_HOST", "tcp://h:2376");
    assertThat(only(tcp).address().tls()).isEqualTo(new EngineAddress.Tls(Path.of("/certs"), true));
    tcp.put("DOCKER_HOST", "unix:///run/a.sock");
    assertThat(only(tcp).address().tls()).isNull();
  }

  @Test
  void certificatesLieInTheFolderOfTheCliUnlessTheirPathIsSet() {
    assertThat(
            only(Map.of("DOCKER_HOST", "tcp://h:2376", "DOCKER_TLS_VERIFY", "1")).address().tls())
        .isEqualTo(new EngineAddress.Tls(HOME.resolve(".docker"), true));
    assertThat(
            only(Map.of(
                    "DOCKER_HOST",
                    "tcp://h:2376",
                    "DOCKER_TLS",
                    "1",
                    "DOCKER_CONFIG",
                    "/etc/docker-cli"))
                .address()
                .tls())
        .isEqualTo(new EngineAddress.Tls(Path.of("/etc/docker-cli"), false));
  }

  @Test
  void anEmptyVariableIsUnset() {
    assertThat(candidates(Map.of("DOCKER_HOST", " ", "DOCKER_CONTEXT", "")))
        .hasSizeGreaterThan(5)
        .noneMatch(EngineCandidate::chosen);
  }

  @Test
  void theCurrentContextIsTheOnlyCandidate() throws Exception {
    files.put(HOME.resolve(".docker/config.json"), "{\"auths\":{},\"currentContext\":\"prod\"}");
    context("{\"Host\":\"unix:///home/ann/.colima/default/docker.sock\",\"SkipTLSVerify\":false}");
    var found = only(Map.of());
    assertThat(found)
        .hasToString(
            "unix:///home/ann/.colima/default/docker.sock"
                + " (context \"prod\", current context of the Docker CLI)");
    assertThat(found.address().tls()).isNull();
  }

  @Test
  void dockerContextPrecedesTheCurrentOne() throws Exception {
    files.put(HOME.resolve(".docker/config.json"), "{\"currentContext\":\"other\"}");
    context("{\"Host\":\"tcp://h:2375\"}");
    assertThat(only(Map.of("DOCKER_CONTEXT", "prod")).reason())
        .isEqualTo("context \"prod\", DOCKER_CONTEXT");
  }

  @Test
  void theDefaultContextMeansTheKnownSockets() {
    files.put(HOME.resolve(".docker/config.json"), "{\"currentContext\":\"prod\"}");
    assertThat(candidates(Map.of("DOCKER_CONTEXT", "default")).getFirst().address())
        .hasToString("unix:///var/run/docker.sock");
  }

  @Test
  void theCertificatesOfAContextAreUsed() throws Exception {
    context("{\"Host\":\"tcp://h:2376\",\"SkipTLSVerify\":false}");
    files.put(certificates("ca.pem"), "pem");
    assertThat(only(Map.of("DOCKER_CONTEXT", "prod")).address().tls())
        .isEqualTo(new EngineAddress.Tls(certificates(""), true));
  }

  @Test
  void aContextMaySkipVerification() throws Exception {
    context("{\"Host\":\"tcp://h:2376\",\"SkipTLSVerify\":true}");
    assertThat(only(Map.of("DOCKER_CONTEXT", "prod")).address().tls())
        .isEqualTo(new EngineAddress.Tls(certificates(""), false));
  }

  @Test
  void aContextThatDoesNotExistIsRefused() {
    assertThatThrownBy(() -> candidates(Map.of("DOCKER_CONTEXT", "prod")))
        .isInstanceOf(UnsupportedEngine.class)
        .hasMessageContaining("DOCKER_CONTEXT is \"prod\"")
        .hasMessageContaining("docker context ls");
  }

  @Test
  void settingsOfTheCliThatAreNotJsonAreRefusedByName() {
    files.put(HOME.resolve(".docker/config.json"), "{\"currentContext\":");
    assertThatThrownBy(() -> candidates(Map.of()))
        .isInstanceOf(UnsupportedEngine.class)
        .hasMessageContaining("/home/ann/.docker/config.json is not JSON");
  }

  @Test
  void sshIsRefusedWithWhatToDoInstead() throws Exception {
    assertThatThrownBy(() -> candidates(Map.of("DOCKER_HOST", "ssh://ann@vm:22")))
        .isInstanceOf(UnsupportedEngine.class)
        .hasMessageContaining("ssh -N -L /tmp/engine.sock:/var/run/docker.sock -p 22 ann@vm")
        .hasMessageContaining("./slipway agent on that host");
    context("{\"Host\":\"ssh://vm\"}");
    assertThatThrownBy(() -> candidates(Map.of("DOCKER_CONTEXT", "prod")))
        .hasMessageContaining("context \"prod\", DOCKER_CONTEXT names ssh://vm");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unix://",
        "tcp://host",
        "tcp://host:x",
        "tcp://",
        "http://h:1",
        "nonsense",
        "fd://",
        "npipe:////./pipe/docker_engine"
      })
  void aHostOfAnotherFormIsRefused(String host) {
    assertThatThrownBy(() -> candidates(Map.of("DOCKER_HOST", host)))
        .isInstanceOf(UnsupportedEngine.class)
        .hasMessageContaining("DOCKER_HOST");
  }

  @Test
  void theKnownSocketsFollowInAFixedOrder() {
    var environment = Map.of("XDG_RUNTIME_DIR", "/run/user/1000", "TMPDIR", "/var/folders/x");
    assertThat(candidates(environment))
        .extracting(Object::toString)
        .containsExactly(
            "unix:///var/run/docker.sock (the usual socket)",
            "unix:///run/user/1000/docker.sock (rootless Docker)",
            "unix:///home/ann/.docker/run/docker.sock (Docker Desktop)",
            "unix:///home/ann/.docker/desktop/docker.sock (Docker Desktop)",
            "unix:///home/ann/.orbstack/run/docker.sock (OrbStack)",
            "unix:///home/ann/.colima/default/docker.sock (Colima)",
            "unix:///home/ann/.config/colima/default/docker.sock (Colima)",
            "unix:///home/ann/.rd/docker.sock (Rancher Desktop)",
            "unix:///home/ann/.lima/docker/sock/docker.sock (Lima)",
            "unix:///run/user/1000/podman/podman.sock (rootless Podman)",
            "unix:///run/podman/podman.sock (Podman)",
            "unix:///home/ann/.local/share/containers/podman/machine/podman.sock (Podman machine)",
            "unix:///var/folders/x/podman/podman-machine-default-api.sock (Podman machine)");
  }
}
