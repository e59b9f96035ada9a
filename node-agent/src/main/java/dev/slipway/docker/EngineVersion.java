package dev.slipway.docker;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an Engine reports at {@code GET /version}.
 *
 * @param product the name of the program, such as "Docker Engine" or "Podman Engine"
 * @param version of the program, such as 28.5.2
 * @param offered the API versions that it accepts
 */
public record EngineVersion(String product, String version, ApiVersions offered) {

  /** Engines before 1.12 did not report a minimum. */
  private static final String OLDEST_UNREPORTED = "1.12";

  private static final String DOCKER = "Docker Engine";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Reads the answer; empty if it is not that of an Engine. */
  static Optional<EngineVersion> parse(String body) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (JacksonException notJson) {
      return Optional.empty();
    }
    var newest = ApiVersion.parse(json.path("ApiVersion").asString(""));
    var oldest = ApiVersion.parse(json.path("MinAPIVersion").asString(OLDEST_UNREPORTED));
    if (newest.isEmpty() || oldest.isEmpty()) {
      return Optional.empty();
    }
    var offered = new ApiVersions(oldest.get(), newest.get());
    return Optional.of(
        new EngineVersion(product(json), json.path("Version").asString("unknown"), offered));
  }

  private static String product(JsonNode json) {
    for (var component : json.path("Components")) {
      if (component.path("Name").asString("").startsWith("Podman")) {
        return "Podman";
      }
    }
    return DOCKER;
  }

  /**
   * Picks the API version to speak.
   *
   * @throws EngineUnusable if there is no common version
   */
  ApiVersion agree(ApiVersions ours) {
    return ours.highestCommon(offered)
        .orElseThrow(
            () ->
                new EngineUnusable(
                    "refuses: %s %s speaks API %s, Slipway speaks API %s; update %s"
                        .formatted(
                            product,
                            version,
                            offered,
                            ours,
                            offered.newest().compareTo(ours.oldest()) < 0 ? product : "Slipway"),
                    version));
  }
}
