package dev.slipway.docker.discovery;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the contexts of the Docker CLI. */
final class DockerContexts {

  private final Path folder;
  private final Function<Path, Optional<String>> files;

  /**
   * @param folder the CLI's settings, usually {@code ~/.docker}
   * @param files the content of a file, empty if it cannot be read
   */
  DockerContexts(Path folder, Function<Path, Optional<String>> files) {
    this.folder = folder;
    this.files = files;
  }

  /** The Engine of a context. */
  record Endpoint(String host, EngineAddress.@Nullable Tls tls) {}

  /** The name of the current context; empty if none was selected. */
  Optional<String> current() {
    var file = folder.resolve("config.json");
    return files
        .apply(file)
        .map(text -> read(file, text).path("currentContext").asString(""))
        .filter(name -> !name.isEmpty());
  }

  /**
   * @throws UnsupportedEngine if there is no such context
   */
  Endpoint find(String name, String source) {
    var id = sha256(name);
    var file = folder.resolve("contexts/meta").resolve(id).resolve("meta.json");
    var text =
        files
            .apply(file)
            .orElseThrow(
                () ->
                    new UnsupportedEngine(
                        "%s is \"%s\", but there is no such context below %s; see: docker context ls"
                            .formatted(source, name, folder.resolve("contexts"))));
    var docker = read(file, text).path("Endpoints").path("docker");
    var host = docker.path("Host").asString("");
    if (host.isEmpty()) {
      throw new UnsupportedEngine(
          "the context \"%s\" (%s) names no Docker host".formatted(name, file));
    }
    return new Endpoint(host, tls(id, docker));
  }

  private EngineAddress.@Nullable Tls tls(String id, JsonNode docker) {
    var certificates = folder.resolve("contexts/tls").resolve(id).resolve("docker");
    boolean skipVerify = docker.path("SkipTLSVerify").asBoolean(false);
    return skipVerify || has(certificates, "ca.pem") || has(certificates, "cert.pem")
        ? new EngineAddress.Tls(certificates, !skipVerify)
        : null;
  }

  private boolean has(Path certificates, String name) {
    return files.apply(certificates.resolve(name)).isPresent();
  }

  private static JsonNode read(Path file, String text) {
    try {
      return JsonMapper.shared().readTree(text);
    } catch (JacksonException malformed) {
      throw new UnsupportedEngine(
          "%s is not JSON: %s".formatted(file, malformed.getOriginalMessage()));
    }
  }

  private static String sha256(String name) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(name.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
