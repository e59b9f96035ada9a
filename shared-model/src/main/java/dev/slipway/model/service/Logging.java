package dev.slipway.model.service;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where the Engine keeps what a container writes.
 *
 * @param driver such as {@code json-file}
 * @param options of the driver
 */
public record Logging(String driver, Map<String, String> options) {

  /** The driver of an Engine that nothing else was said to. */
  public static final String JSON_FILE = "json-file";

  public Logging {
    options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
  }
}
