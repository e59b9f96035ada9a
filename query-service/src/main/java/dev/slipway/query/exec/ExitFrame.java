package dev.slipway.query.exec;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The last frame of a session: how the command ended. */
final class ExitFrame {

  private static final JsonMapper JSON = JsonMapper.shared();

  private ExitFrame() {}

  /**
   * A JSON object.
   *
   * @param code of the command, null if it is not known
   * @param reason why there is no code, null if there is one
   */
  static String of(@Nullable Integer code, @Nullable String reason) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("type", "exit");
    json.put("code", code);
    if (code == null) {
      json.put("reason", reason);
    }
    return JSON.writeValueAsString(json);
  }
}
