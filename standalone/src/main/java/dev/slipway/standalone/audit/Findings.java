package dev.slipway.standalone.audit;

import dev.slipway.model.wire.Wire;
import dev.slipway.standalone.audit.Promise.Stage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The checked objects and the violations of an audit.
 *
 * @param repeats how often Kafka has an event that it has already: allowed, and worth knowing
 * @param containers that the Engines have of the services in the log
 * @param underWay operations that have not ended yet
 * @param notes what was not looked at, and why
 */
public record Findings(
    int services,
    long events,
    int repeats,
    int containers,
    int underWay,
    List<Violation> violations,
    List<String> notes) {

  public Findings {
    violations = List.copyOf(violations);
    notes = List.copyOf(notes);
  }

  /** Nothing is under way and nothing is wrong. */
  public boolean isClean() {
    return underWay == 0 && violations.isEmpty();
  }

  /**
   * The same, with subjects of which events are held back.
   *
   * @param parked one line for each
   */
  public Findings withParked(List<String> parked) {
    var all = new ArrayList<>(violations);
    parked.forEach(line -> all.add(new Violation(Promise.K1, "parked", line.strip())));
    return new Findings(services, events, repeats, containers, underWay, all, notes);
  }

  private long broken(Promise promise) {
    return violations.stream().filter(one -> one.promise() == promise).count();
  }

  /** A table, and a line for each violation. */
  public String report() {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d services, %,d events (%,d sent twice), %,d containers, %,d operations under way%n",
            services,
            events,
            repeats,
            containers,
            underWay));
    for (var stage : Stage.values()) {
      var name = stage.text();
      for (var promise : Promise.values()) {
        if (promise.stage() == stage) {
          long broken = broken(promise);
          text.append(
              "%-10s  %s  %-60s %s%n"
                  .formatted(name, promise, promise.words(), broken == 0 ? "ok" : broken));
          name = "";
        }
      }
    }
    violations.forEach(one -> text.append(one).append(System.lineSeparator()));
    notes.forEach(note -> text.append("note: ").append(note).append(System.lineSeparator()));
    return text.toString();
  }

  /** The same as JSON, for programs. */
  public String json() {
    var json = new LinkedHashMap<String, Object>();
    json.put("clean", isClean());
    json.put("services", services);
    json.put("events", events);
    json.put("events_sent_twice", repeats);
    json.put("containers", containers);
    json.put("operations_under_way", underWay);
    json.put(
        "differences",
        violations.stream()
            .map(
                one ->
                    Map.of(
                        "stage", one.promise().stage().text(),
                        "promise", one.promise().name(),
                        "subject", one.subject(),
                        "what", one.what()))
            .toList());
    json.put("notes", notes);
    return Wire.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(json);
  }
}
