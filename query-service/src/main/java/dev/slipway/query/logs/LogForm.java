package dev.slipway.query.logs;

import dev.slipway.model.container.LogLine.Stream;
import dev.slipway.query.stream.Form;
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

  /** Written by hand: of each line for each reader. */
  static String frame(KeptLine kept, boolean named) {
    var line = kept.line();
    var json = new StringBuilder(line.text().length() + 150).append("{\"type\":\"log\",");
    if (named) {
      json.append("\"source\":").append(JSON.writeValueAsString(line.source())).append(',');
    }
    json.append("\"log\":").append(JSON.writeValueAsString(line.text()));
    json.setLength(json.length() - 1);
    return json.append("\\n\",\"streamType\":")
        .append(line.stream() == Stream.STDERR ? "\"stderr\"" : "\"stdout\"")
        .append(",\"timestamp\":")
        .append(line.time().getEpochSecond())
        .append('}')
        .toString();
  }

  private static String text(KeptLine kept, boolean named) {
    var line = kept.line();
    return (named ? line.source() + " | " : "") + line.text() + "\n";
  }
}
