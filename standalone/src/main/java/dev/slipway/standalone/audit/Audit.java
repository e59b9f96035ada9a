package dev.slipway.standalone.audit;

import dev.slipway.model.Namespace;
import dev.slipway.model.api.ResourceUri;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Topics;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Compares PostgreSQL, which is the truth, with Kafka, with the read model and with the Engines.
 * While something is under way they differ for a moment: what counts is what is found when all is
 * quiet.
 */
public final class Audit {

  private final Supplier<String> postgres;
  private final String kafka;
  private final Shown.ReadModel reads;
  private final Engines engines;
  private final InstantSource clock;
  private final Progress progress;

  /**
   * @param postgres where PostgreSQL is, asked at each look: an embedded one changes its port
   */
  public Audit(
      Supplier<String> postgres,
      String kafka,
      Shown.ReadModel reads,
      Engines engines,
      InstantSource clock,
      Progress progress) {
    this.postgres = postgres;
    this.kafka = kafka;
    this.reads = reads;
    this.engines = engines;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * @throws CannotAudit if one of the parts does not answer
   */
  public Findings look() {
    try (var stored = StoredLog.open(postgres.get())) {
      var head = stored.head(); // read first: Kafka's ends are not older than it
      try (var records = KafkaRecords.open(kafka)) {
        return look(stored, head, records);
      }
    }
  }

  private Findings look(StoredLog stored, LogHead head, KafkaRecords records) {
    var violations = new ArrayList<Violation>(stored.gaps());
    var log = new LogFold();
    var copy = new LogCopyCheck(head, records);
    long total = stored.count();
    stored.forEach(
        event -> {
          log.read(event);
          copy.expect(event);
          progress.at("events of PostgreSQL", event.position(), total);
        });
    violations.addAll(log.violations());
    log.services().forEach(one -> violations.addAll(Rules.stability(one, clock.instant())));

    violations.addAll(kafka(stored, log, copy, records));
    violations.addAll(views(log));
    var found = new ArrayList<OnEngine>();
    var notes = new ArrayList<String>();
    violations.addAll(engines(log, stored, found, notes));
    return new Findings(
        log.services().size(),
        log.events(),
        copy.repeats(),
        Rules.own(found, log).values().stream().mapToInt(List::size).sum(),
        (int) log.services().stream().filter(one -> one.operation() != null).count(),
        violations,
        notes);
  }

  private List<Violation> kafka(
      StoredLog stored, LogFold log, LogCopyCheck copy, KafkaRecords records) {
    var assignments = new AssignmentCheck();
    copy.read(records, assignments::see, progress);
    var violations = new ArrayList<>(copy.end(stored));
    violations.addAll(unpublished(stored, log));
    violations.addAll(assignments.end(log, records.partitionsOf(Topics.ASSIGNMENTS)));
    return violations;
  }

  /** The mark is read again: it follows the log at a distance while there are writes. */
  private static List<Violation> unpublished(StoredLog stored, LogFold log) {
    long published = stored.head().published();
    if (published < log.events()) {
      var what = "%,d later events are not published".formatted(log.events() - published);
      return List.of(new Violation(Promise.K1, "position " + published, what));
    }
    if (published > log.events() && published > stored.count()) {
      var what = "counts as published, and PostgreSQL has %,d events".formatted(log.events());
      return List.of(new Violation(Promise.K1, "position " + published, what));
    }
    return List.of();
  }

  private List<Violation> views(LogFold log) {
    var violations = new ArrayList<Violation>();
    long done = 0;
    for (var service : log.services()) {
      if (reads.shows(service.namespace())) {
        violations.addAll(Rules.view(service, reads.of(service)));
      }
      progress.at("services of the read model", ++done, log.services().size());
    }
    for (var shown : reads.services()) {
      if (log.service(shown).isEmpty()) {
        violations.add(
            new Violation(Promise.I5, shown.value(), "the API shows it, and it is in no log"));
      }
    }
    log.stacks()
        .forEach(
            (stack, namespace) ->
                require(namespace, ResourceUri.of(namespace, stack), "stack", violations));
    log.nodes()
        .forEach(
            (node, logged) -> {
              if (!logged.terminated()) {
                var uri = ResourceUri.of(logged.namespace(), node);
                require(logged.namespace(), uri, "node", violations);
              }
            });
    return violations;
  }

  private void require(Namespace namespace, String uri, String kind, List<Violation> violations) {
    if (reads.shows(namespace) && !reads.has(uri)) {
      violations.add(new Violation(Promise.I5, uri, "the API lacks the " + kind));
    }
  }

  private boolean isLookedAt(NodeId node, LogFold log) {
    return log.nodes().containsKey(node) && !isSimulated(node, log) && engines.include(node);
  }

  private static boolean isSimulated(NodeId node, LogFold log) {
    var logged = log.nodes().get(node);
    return logged != null && logged.simulated();
  }

  private List<Violation> engines(
      LogFold log, StoredLog stored, List<OnEngine> found, List<String> notes) {
    if (log.nodes().keySet().stream().noneMatch(node -> isLookedAt(node, log))) {
      notes.add("no Engine was looked at");
      return List.of();
    }
    var readings = engines.readings();
    readings.forEach(engine -> found.addAll(engine.containers()));
    var volumes =
        readings.stream()
            .flatMap(engine -> engine.volumes().stream())
            .collect(Collectors.groupingBy(KeptVolume::service));
    var own = Rules.own(found, log);
    var violations = new ArrayList<Violation>();
    for (var service : log.services()) {
      var of = own.getOrDefault(service.id(), List.of());
      if (!Rules.crowded(of).isEmpty()) {
        violations.addAll(Rules.slots(stored.of(service.id()), of));
      }
      violations.addAll(Rules.containers(service, of, node -> isLookedAt(node, log)));
      violations.addAll(Rules.volumes(service, volumes.getOrDefault(service.id(), List.of())));
    }
    violations.addAll(Rules.unowned(found, log));
    long unseen = log.services().stream().mapToLong(service -> unseen(service, log)).sum();
    if (unseen > 0) {
      notes.add(
          "%,d containers are on other nodes, whose Engines were not looked at (--engine)"
              .formatted(unseen));
    }
    return violations;
  }

  private long unseen(Service service, LogFold log) {
    return service.fleet().containers().stream()
        .filter(one -> !isSimulated(one.node(), log) && !isLookedAt(one.node(), log))
        .count();
  }

  /**
   * Which slots run more than the log lets them at this moment, as far as Engines answer. The log
   * is not even read while each slot runs one container.
   */
  public List<Violation> overlaps() {
    var found = new ArrayList<OnEngine>();
    for (var engine : engines.readings()) {
      try {
        found.addAll(engine.containers());
      } catch (CannotAudit notNow) {
        continue; // what the others have can be told all the same
      }
    }
    var crowded = Rules.crowded(found);
    return crowded.isEmpty()
        ? List.of()
        : overlaps(
            found,
            crowded.values().stream()
                .flatMap(running -> running.stream().map(OnEngine::service))
                .distinct()
                .toList());
  }

  private List<Violation> overlaps(List<OnEngine> found, List<ServiceId> services) {
    var violations = new ArrayList<Violation>();
    try (var stored = StoredLog.open(postgres.get())) {
      for (var service : services) {
        var logged = stored.of(service);
        if (!logged.events().isEmpty()) {
          violations.addAll(
              Rules.slots(
                  logged, found.stream().filter(one -> one.service().equals(service)).toList()));
        }
      }
    }
    return violations;
  }
}
