package dev.slipway.model.registry;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.google.re2j.Pattern;
import dev.slipway.model.Delimited;
import dev.slipway.model.InvalidInput;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a login is for: one repository, such as {@code quay.io/me/app}, or a whole registry, such as
 * {@code quay.io}. Images without a host are those of Docker Hub.
 *
 * @param host with the port, if any; in lower case
 * @param path of the repository, null for the whole registry
 */
public record RegistryScope(String host, @Nullable String path) {

  public static final String DOCKER_HUB = "docker.io";

  private static final Set<String> NAMES_OF_DOCKER_HUB =
      Set.of(DOCKER_HUB, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com");

  private static final int MAX_CHARACTERS = 255;
  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[0-9]{1,5})?");
  private static final Pattern PATH =
      Pattern.compile("[a-z0-9]+((\\.|__?|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|__?|-+)[a-z0-9]+)*)*");

  /** The scope as it is stored. */
  @JsonCreator
  static RegistryScope of(String stored) {
    int slash = stored.indexOf('/');
    return slash < 0
        ? new RegistryScope(stored, null)
        : new RegistryScope(stored.substring(0, slash), stored.substring(slash + 1));
  }

  /**
   * @param name as users write repositories, such as {@code me/app}
   * @throws InvalidInput naming the field
   */
  public static RegistryScope repository(String field, String name) {
    var bare = checkedLength(field, name);
    if (bare.indexOf('@') >= 0 || bare.lastIndexOf(':') > bare.indexOf('/')) {
      throw new InvalidInput(field, "must have no tag and no digest (got \"%s\")".formatted(name));
    }
    var scope = ofImage(bare);
    var path = scope.path();
    if (!HOST.matcher(scope.host()).matches() || path == null || !PATH.matcher(path).matches()) {
      throw new InvalidInput(
          field,
          "must be a repository such as registry.example.com/me/app or me/app (got \"%s\")"
              .formatted(name));
    }
    return scope;
  }

  /**
   * @param host of a registry, such as {@code quay.io} or {@code registry.example.com:5000}
   * @throws InvalidInput naming the field
   */
  public static RegistryScope registry(String field, String host) {
    var bare = checkedLength(field, host);
    if (!HOST.matcher(bare).matches() || !isHost(bare)) {
      throw new InvalidInput(
          field,
          "must be the host of a registry such as quay.io or registry.example.com:5000, without"
              + " a path (got \"%s\")".formatted(host));
    }
    return new RegistryScope(canonical(bare), null);
  }

  private static String checkedLength(String field, String text) {
    if (text.contains("://")) {
      throw new InvalidInput(field, "must have no scheme: write registry.example.com/me/app");
    }
    if (text.length() > MAX_CHARACTERS) {
      throw new InvalidInput(field, "must have at most %d characters".formatted(MAX_CHARACTERS));
    }
    return text.strip();
  }

  /** The repository of an image, whatever its tag or digest is. */
  public static RegistryScope ofImage(String image) {
    var name = Delimited.before(image, '@');
    int colon = name.lastIndexOf(':');
    if (colon > name.lastIndexOf('/')) {
      name = name.substring(0, colon);
    }
    int slash = name.indexOf('/');
    if (slash > 0 && isHost(name.substring(0, slash))) {
      var host = canonical(name.substring(0, slash));
      return new RegistryScope(host, onHub(host, name.substring(slash + 1)));
    }
    return new RegistryScope(DOCKER_HUB, onHub(DOCKER_HUB, name));
  }

  private static String onHub(String host, String path) {
    return host.equals(DOCKER_HUB) && path.indexOf('/') < 0 ? "library/" + path : path;
  }

  /** As Docker decides it: {@code me/app} is of Docker Hub, {@code me.org/app} is not. */
  private static boolean isHost(String part) {
    return part.indexOf('.') >= 0 || part.indexOf(':') >= 0 || part.equals("localhost");
  }

  private static String canonical(String host) {
    var lower = host.toLowerCase(Locale.ROOT);
    return NAMES_OF_DOCKER_HUB.contains(lower) ? DOCKER_HUB : lower;
  }

  public boolean isRegistry() {
    return path == null;
  }

  /** The scope of the whole registry that this is, or is in. */
  public RegistryScope wholeRegistry() {
    return new RegistryScope(host, null);
  }

  /** As the API shows it and as it is stored. */
  @JsonValue
  public String text() {
    return path == null ? host : host + "/" + path;
  }

  @Override
  public String toString() {
    return text();
  }
}
