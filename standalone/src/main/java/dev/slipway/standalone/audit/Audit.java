package dev.slipway.standalone.audit;

import dev.slipway.model.service.ServiceId;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Compares the log in Kafka with the read model and with every Engine. While something is under way
 * they differ for a moment: what counts is what is found when all is quiet.
 */
public final class Audit {

  private final String kafka;
  private final Shown.ReadModel reads;
  private final Collection<EngineReading> engines;
  private final InstantSource clock;

  public Audit(
      String kafka, Shown.ReadModel reads, Collection<EngineReading> engines, InstantSource clock) {
    this.kafka = kafka;
    this.reads = reads;
    this.engines = List.copyOf(engines);
    this.clock = clock;
  }

  /**
   * What was looked at, and what was found.
   *
   * @param repeats how often Kafka has an event that it has already: allowed, and worth knowing
   * @param underWay operations that have not ended yet
   */
  public record Findings(
      int services,
      int events,
      int repeats,
      int containers,
      int underWay,
      List<Violation> violations) {

    public Findings {
      violations = List.copyOf(violations);
    }

    /** Nothing is under way and nothing is wrong. */
    public boolean isClean() {
      return underWay == 0 && violations.isEmpty();
    }

    /** A table, and a line for each violation. */
    public String report() {
      var text = new StringBuilder();
      text.append(
          "%d services, %d events (%d sent twice), %d containers, %d operations under way%n"
              .formatted(services, events, repeats, containers, underWay));
      for (var promise : Promise.values()) {
        long broken = violations.stream().filter(one -> one.promise() == promise).count();
        text.append(
            "%s  %-60s %s%n".formatted(promise, promise.words(), broken == 0 ? "ok" : broken));
      }
      violations.forEach(one -> text.append(one).append(System.lineSeparator()));
      return text.toString();
    }
  }

  public Findings look() {
    var log = LogReading.read(kafka);
    var found = new ArrayList<OnEngine>();
    engines.forEach(engine -> found.addAll(engine.containers()));
    var own = Rules.own(found, log);
    var volumes =
        engines.stream()
            .flatMap(engine -> engine.volumes().stream())
            .collect(Collectors.groupingBy(KeptVolume::service));
    var violations = new ArrayList<Violation>();
    log.forEach(
        logged -> {
          violations.addAll(look(logged, own));
          var service = logged.state();
          if (service != null) {
            violations.addAll(Rules.volumes(service, volumes.getOrDefault(logged.id(), List.of())));
          }
        });
    return new Findings(
        log.size(),
        log.stream().mapToInt(logged -> logged.events().size()).sum(),
        log.stream().mapToInt(Audit::repeats).sum(),
        own.values().stream().mapToInt(List::size).sum(),
        (int) log.stream().filter(Audit::isUnderWay).count(),
        violations);
  }

  /**
   * Which slots run more than the log lets them at this moment, as far as Engines answer. The log
   * is not even read while each slot runs one container.
   */
  public List<Violation> overlaps() {
    var found = new ArrayList<OnEngine>();
    for (var engine : engines) {
      try {
        found.addAll(engine.containers());
      } catch (CannotAudit notNow) {
        continue; // what the others have can be told all the same
      }
    }
    if (Rules.crowded(found).isEmpty()) {
      return List.of();
    }
    var log = LogReading.read(kafka);
    var own = Rules.own(found, log);
    return log.stream()
        .flatMap(logged -> Rules.slots(logged, own.getOrDefault(logged.id(), List.of())).stream())
        .toList();
  }

  private List<Violation> look(LoggedService logged, Map<ServiceId, List<OnEngine>> own) {
    var violations = new ArrayList<>(Rules.sequences(logged));
    violations.addAll(Rules.slots(logged, own.getOrDefault(logged.id(), List.of())));
    var service = logged.state();
    if (service != null) {
      violations.addAll(Rules.stability(service, clock.instant()));
      if (!engines.isEmpty()) {
        violations.addAll(Rules.containers(service, own.getOrDefault(logged.id(), List.of())));
      }
      if (reads.shows(service.namespace())) {
        violations.addAll(Rules.view(service, reads.of(service)));
      }
    }
    return violations;
  }

  private static int repeats(LoggedService logged) {
    long different = logged.events().stream().map(event -> event.id()).distinct().count();
    return logged.events().size() - (int) different;
  }

  private static boolean isUnderWay(LoggedService logged) {
    var service = logged.state();
    return service != null && service.operation() != null;
  }
}
