package dev.slipway.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The version of this program, as the build recorded it.
 *
 * @param version such as {@code 0.1.0-SNAPSHOT}; {@code development} if no build recorded it
 * @param commit of the sources, null if unknown
 * @param builtAt RFC 3339, null if unknown
 */
public record ServerVersion(String version, @Nullable String commit, @Nullable String builtAt) {

  public static final ServerVersion CURRENT = read("version.properties");

  private static ServerVersion read(String file) {
    var properties = new Properties();
    try (var stream = Objects.requireNonNull(ServerVersion.class.getResourceAsStream(file), file)) {
      properties.load(stream);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
    var version = recorded(properties, "version");
    return new ServerVersion(
        version == null ? "development" : version,
        recorded(properties, "commit"),
        recorded(properties, "built_at"));
  }

  /** The value, null if the build left it empty or unresolved. */
  private static @Nullable String recorded(Properties properties, String name) {
    var value = properties.getProperty(name, "").trim();
    return value.isEmpty() || value.startsWith("@") ? null : value;
  }
}
