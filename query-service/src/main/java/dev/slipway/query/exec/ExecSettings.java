package dev.slipway.query.exec;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Policies;
import dev.slipway.model.Namespace;
import dev.slipway.model.policy.Rule;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/**
 * What is set of commands run by hand.
 *
 * @param allowed whether any may be
 * @param policies in which namespaces they may be
 */
record ExecSettings(boolean allowed, Policies policies, ExecSocket.Limits limits) {

  /** Whether commands may be run in containers of the namespace. */
  boolean isAllowed(Namespace namespace) {
    return allowed && policies.of(namespace).ruleForExec() != Rule.DENY;
  }

  /**
   * What whoever runs a command is to be warned of, empty if nothing.
   *
   * @throws ApiFailure 403 if none may be run, naming the rule
   */
  Optional<String> requireAllowed(Namespace namespace) {
    if (!allowed) {
      throw new ApiFailure(HttpStatus.FORBIDDEN, "commands may not be run in containers here");
    }
    return switch (policies.of(namespace).ruleForExec()) {
      case ALLOW -> Optional.empty();
      case WARN -> Optional.of("exec is warned of by the policy of " + namespace);
      case DENY ->
          throw new ApiFailure(
              HttpStatus.FORBIDDEN, "exec is denied by the policy of " + namespace);
    };
  }
}
