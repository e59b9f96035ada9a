package dev.slipway.command.service;

import static dev.slipway.command.service.EngineRules.broken;

import dev.slipway.model.Delimited;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.policy.HostPath;
import dev.slipway.model.service.EngineHealthCheck;
import dev.slipway.model.service.Logging;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.Ulimit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Engine's rules for what it does to a container's processes, memory and output. */
final class ContainerRules {

  private static final int HIGHEST_SIGNAL = 64;

  private static final Set<String> SIGNALS =
      words(
          "ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT SEGV"
              + " STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ");

  private static final Set<String> LIMITS =
      words(
          "as core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime"
              + " sigpending stack");

  private static final Set<String> DRIVERS =
      words("awslogs fluentd gcplogs gelf journald json-file local splunk syslog");

  private static final Set<String> SYSCTLS =
      words(
          "kernel.msgmax kernel.msgmnb kernel.msgmni kernel.sem kernel.shmall kernel.shmmax"
              + " kernel.shmmni kernel.shm_rmid_forced");

  private ContainerRules() {}

  private static Set<String> words(String text) {
    return Set.copyOf(Delimited.split(text, ' '));
  }

  static void check(ServiceDefinition set) {
    signal(set.find(Attributes.STOP_SIGNAL));
    limits(set.get(Attributes.ULIMITS));
    shm(set.find(Attributes.SHM_SIZE));
    logging(set.find(Attributes.LOGGING));
    EngineRules.each(set, Attributes.TMPFS, ContainerRules::tmpfs);
    set.get(Attributes.SYSCTLS).keySet().forEach(ContainerRules::sysctl);
    healthCheck(set.find(Attributes.HEALTHCHECK));
  }

  private static void signal(@Nullable String signal) {
    if (signal == null) {
      return;
    }
    var upper = signal.toUpperCase(Locale.ROOT);
    var name = upper.startsWith("SIG") ? upper.substring(3) : upper;
    boolean number =
        name.length() <= 2 && !name.isEmpty() && name.chars().allMatch(Character::isDigit);
    boolean known =
        number
            ? Integer.parseInt(name) >= 1 && Integer.parseInt(name) <= HIGHEST_SIGNAL
            : SIGNALS.contains(name) || isRealTime(name);
    if (!known) {
      throw broken(
          "stop_signal", "must be a signal of Linux such as SIGTERM, or its number", signal);
    }
  }

  private static boolean isRealTime(String name) {
    return name.startsWith("RTMIN") || name.startsWith("RTMAX");
  }

  private static void limits(List<Ulimit> limits) {
    var seen = new HashSet<String>();
    for (int at = 0; at < limits.size(); at++) {
      var limit = limits.get(at);
      var place = "ulimits[%d]".formatted(at);
      if (!LIMITS.contains(limit.name())) {
        throw broken(place + ".name", "must be one of " + sorted(LIMITS), limit.name());
      }
      if (!seen.add(limit.name())) {
        throw broken(place + ".name", "must be of one limit only", limit.name());
      }
      if (limit.hard() >= 0 && (limit.soft() < 0 || limit.soft() > limit.hard())) {
        throw broken(place + ".soft", "must be at most hard, " + limit.hard(), limit.soft());
      }
    }
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  private static void shm(@Nullable String size) {
    if (size != null && size.chars().filter(Character::isDigit).allMatch(c -> c == '0')) {
      throw broken("shm_size", "must be more than 0", size);
    }
  }

  private static void logging(@Nullable Logging logging) {
    if (logging != null && !DRIVERS.contains(logging.driver())) {
      throw broken("logging.driver", "must be one of " + sorted(DRIVERS), logging.driver());
    }
  }

  private static void tmpfs(String place, String text) {
    int colon = text.indexOf(':');
    var path = colon < 0 ? text : text.substring(0, colon);
    if (!path.startsWith("/") || HostPath.of(path).names().isEmpty()) {
      throw broken(place, "must be an absolute path but the root, and options behind ':'", text);
    }
  }

  private static void sysctl(String name) {
    if (!SYSCTLS.contains(name) && !name.startsWith("net.") && !name.startsWith("fs.mqueue.")) {
      throw broken(
          "sysctls",
          "must have names that each container has of its own: net.*, fs.mqueue.* or one of "
              + sorted(SYSCTLS),
          name);
    }
  }

  private static void healthCheck(@Nullable EngineHealthCheck check) {
    if (check == null) {
      return;
    }
    var times =
        Map.of(
            "interval", java.util.Optional.ofNullable(check.interval()),
            "timeout", java.util.Optional.ofNullable(check.timeout()),
            "start_interval", java.util.Optional.ofNullable(check.startInterval()));
    times.forEach(
        (name, seconds) -> {
          if (seconds.orElse(1) == 0) {
            throw broken("healthcheck." + name, "must be at least 1 second", 0);
          }
        });
  }

  /** Rules that hold between the attributes of a whole definition. */
  static void checkWhole(ServiceDefinition definition) {
    var paths = new HashSet<HostPath>();
    for (var binding : definition.get(Attributes.BINDINGS)) {
      var path = binding.containerPath();
      if (path != null) {
        paths.add(HostPath.of(path));
      }
    }
    EngineRules.each(
        definition,
        Attributes.TMPFS,
        (place, text) -> {
          int colon = text.indexOf(':');
          var path = colon < 0 ? text : text.substring(0, colon);
          if (!paths.add(HostPath.of(path))) {
            throw broken(place, "must be another path than those of bindings and tmpfs", path);
          }
        });
    if (definition.get(Attributes.NET).equals("host")) {
      definition.get(Attributes.SYSCTLS).keySet().stream()
          .filter(name -> name.startsWith("net."))
          .findFirst()
          .ifPresent(
              name -> {
                throw broken("sysctls", "must have no net.* where net is host", name);
              });
    }
  }
}
