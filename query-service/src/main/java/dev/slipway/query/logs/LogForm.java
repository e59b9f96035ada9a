package dev.slipway.query.logs;

import dev.slipway.query.stream.Form;
import java.util.LinkedHashMap;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;

/** How lines are written: those of a service with the name of their container. */
final class LogForm {

  private static final JsonMapper JSON = JsonMapper.shared();

  private LogForm() {}

  static Form<KeptLine> of(LogTarget target, LogStream stream) {
    boolean named = target.isService();
    return new Form<>(
        line -> frame(line, named),
        line -> text(line, named),
        line -> stream.positionAfter(line).toString());
  }

  private static String frame(KeptLine kept, boolean named) {
    var line = kept.line();
    var json = new LinkedHashMap<String, Object>();
    json.put("type", "log");
    if (named) {
      json.put("source", line.source());
    }
    json.put("log", line.text() + "\n");
    json.put("streamType", line.stream().name().toLowerCase(Locale.ROOT));
    json.put("timestamp", line.time().getEpochSecond());
    return JSON.writeValueAsString(json);
  }

  private static String text(KeptLine kept, boolean named) {
    var line = kept.line();
    return (named ? line.source() + " | " : "") + line.text() + "\n";
  }
}
