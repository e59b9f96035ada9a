package dev.slipway.command.service;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.policy.Policy;
import dev.slipway.model.policy.Policy.Finding;
import dev.slipway.model.policy.Rule;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.AdoptContainer;
import dev.slipway.model.service.ServiceCommand.CallTrigger;
import dev.slipway.model.service.ServiceCommand.CancelOperation;
import dev.slipway.model.service.ServiceCommand.CreateService;
import dev.slipway.model.service.ServiceCommand.CreateTrigger;
import dev.slipway.model.service.ServiceCommand.DeleteTrigger;
import dev.slipway.model.service.ServiceCommand.ExpireOperation;
import dev.slipway.model.service.ServiceCommand.OfNodes;
import dev.slipway.model.service.ServiceCommand.OperationCommand;
import dev.slipway.model.service.ServiceCommand.ReportContainers;
import dev.slipway.model.service.ServiceCommand.RetryPlacement;
import dev.slipway.model.service.ServiceCommand.UpdateService;
import dev.slipway.model.service.ServiceCommand.UserCommand;
import dev.slipway.model.service.ServiceDefinition;
import java.util.List;

/** Checks what is set of a service against what its namespace may ask of hosts. */
public interface HostRules {

  Policy of(Namespace namespace);

  /**
   * @throws InvalidInput naming the attribute, if the policy denies it
   */
  default void check(ServiceCommand command) {
    var set = set(command);
    if (!set.isEmpty()) {
      check(namespace(command), set);
    }
  }

  /**
   * @throws InvalidInput naming the attribute, if the policy of the namespace denies it
   */
  default void check(Namespace namespace, ServiceDefinition set) {
    of(namespace).findings(set).stream()
        .filter(finding -> finding.rule() == Rule.DENY)
        .findFirst()
        .ifPresent(
            denied -> {
              throw new InvalidInput(denied.place(), words(namespace, denied));
            });
  }

  /** What is dangerous in the command, and taken all the same. */
  default List<String> warnings(ServiceCommand command) {
    var set = set(command);
    return set.isEmpty() ? List.of() : warnings(namespace(command), set);
  }

  /** What is dangerous in what is set, and taken all the same. */
  default List<String> warnings(Namespace namespace, ServiceDefinition set) {
    return of(namespace).findings(set).stream()
        .filter(finding -> finding.rule() == Rule.WARN)
        .map(finding -> finding.place() + " " + words(namespace, finding))
        .toList();
  }

  private static Namespace namespace(ServiceCommand command) {
    if (command instanceof UserCommand asked) {
      return asked.namespace();
    }
    throw new IllegalArgumentException("It sets nothing: " + command);
  }

  private static ServiceDefinition set(ServiceCommand command) {
    return switch (command) {
      case CreateService create -> create.definition();
      case UpdateService update -> update.changes();
      case OperationCommand _, CancelOperation _, AdoptContainer _ -> ServiceDefinition.EMPTY;
      case CreateTrigger _, DeleteTrigger _, CallTrigger _ -> ServiceDefinition.EMPTY;
      case ReportContainers _, ExpireOperation _, RetryPlacement _, OfNodes _ ->
          ServiceDefinition.EMPTY;
    };
  }

  private static String words(Namespace namespace, Finding finding) {
    var because = finding.because().isEmpty() ? "" : ": " + finding.because();
    var danger = finding.danger();
    var policy = danger.field().equals(danger.attribute()) ? "policy" : "policy " + danger.field();
    return "%s by the %s of %s%s"
        .formatted(
            finding.rule() == Rule.DENY ? "is denied" : "is warned of", policy, namespace, because);
  }
}
