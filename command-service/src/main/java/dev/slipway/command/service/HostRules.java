package dev.slipway.command.service;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.policy.Policy;
import dev.slipway.model.policy.Policy.Finding;
import dev.slipway.model.policy.Rule;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.CreateService;
import dev.slipway.model.service.ServiceCommand.UpdateService;
import dev.slipway.model.service.ServiceDefinition;
import java.util.List;

/** Checks what a command sets against what its namespace may ask of hosts. */
public interface HostRules {

  Policy of(Namespace namespace);

  /**
   * @throws InvalidInput naming the attribute, if the policy denies it or it gives an Engine away
   */
  default void check(ServiceCommand command) {
    var set = set(command);
    var engine = Policy.engineIn(set);
    if (engine != null) {
      throw new InvalidInput("bindings", "must not reach an Engine, as %s does".formatted(engine));
    }
    findings(command, set).stream()
        .filter(finding -> finding.rule() == Rule.DENY)
        .findFirst()
        .ifPresent(
            denied -> {
              throw new InvalidInput(denied.danger().field(), words(command, denied));
            });
  }

  /** What is dangerous in the command, and taken all the same. */
  default List<String> warnings(ServiceCommand command) {
    return findings(command, set(command)).stream()
        .filter(finding -> finding.rule() == Rule.WARN)
        .map(finding -> finding.danger().field() + " " + words(command, finding))
        .toList();
  }

  private List<Finding> findings(ServiceCommand command, ServiceDefinition set) {
    return set.isEmpty() ? List.of() : of(namespace(command)).findings(set);
  }

  private static Namespace namespace(ServiceCommand command) {
    return switch (command) {
      case CreateService create -> create.namespace();
      case UpdateService update -> update.namespace();
      default -> throw new IllegalArgumentException("It sets nothing: " + command);
    };
  }

  private static ServiceDefinition set(ServiceCommand command) {
    return switch (command) {
      case CreateService create -> create.definition();
      case UpdateService update -> update.changes();
      default -> ServiceDefinition.EMPTY;
    };
  }

  private static String words(ServiceCommand command, Finding finding) {
    var because = finding.because().isEmpty() ? "" : ": " + finding.because();
    return "%s by the policy of %s%s"
        .formatted(
            finding.rule() == Rule.DENY ? "is denied" : "is warned of",
            namespace(command),
            because);
  }
}
