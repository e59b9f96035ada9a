package dev.slipway.command.account;

import dev.slipway.command.account.AccountAnswers.Wish;
import dev.slipway.command.account.AccountCommand.ChangePolicy;
import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.http.Policies;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.policy.Danger;
import dev.slipway.model.policy.HostPath;
import dev.slipway.model.policy.Policy;
import dev.slipway.model.policy.Rule;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changes what the services of a namespace may ask of their hosts. */
@RestController
@RequestMapping("/api/account/v1/policy")
final class PolicyCommandsApi {

  private static final String HOST_PATHS = "host_paths";
  private static final String EXEC = "exec";

  private static final Set<String> FIELDS =
      Stream.concat(Stream.of(HOST_PATHS, EXEC), Arrays.stream(Danger.values()).map(Danger::field))
          .collect(Collectors.toUnmodifiableSet());

  private final AccountAnswers answers;
  private final AccountRights rights;
  private final Policies policies;

  PolicyCommandsApi(AccountAnswers answers, AccountRights rights, Policies policies) {
    this.answers = answers;
    this.rights = rights;
    this.policies = policies;
  }

  /** An admin of the namespace may make it stricter, the administrator looser too. */
  @PatchMapping("/{name}")
  ResponseEntity<?> change(@PathVariable String name, Caller caller, HttpServletRequest request) {
    var namespace =
        rights.configuredNamespace().value().equals(name)
            ? rights.configuredNamespace()
            : rights.existing("namespace", name);
    rights.requireAdminOf(namespace, caller);
    var body = AccountBody.read(request, FIELDS, Set.of("namespace", "resource_uri"));
    return answers.to(
        new Wish(caller, "Policy Update", Policies.uri(namespace), body),
        HttpStatus.OK,
        asked -> {
          var changed = changed(policies.of(namespace), body.known());
          checkLoosening(changed, namespace, caller);
          return new ChangePolicy(
              namespace,
              asked,
              changed,
              rights.isConfigured(name) ? name : null,
              rights.takenBySettings(name));
        },
        sent -> Policies.render(namespace, ((ChangePolicy) sent).policy()));
  }

  private void checkLoosening(Policy changed, Namespace namespace, Caller caller) {
    if (!caller.account().administrator() && changed.isLooserThan(policies.of(namespace))) {
      throw new ApiFailure(
          HttpStatus.FORBIDDEN, "only the administrator may loosen a policy; you may tighten it");
    }
  }

  private static Policy changed(Policy policy, Map<String, @Nullable Object> body) {
    var changed = policy;
    for (var danger : Danger.values()) {
      if (body.containsKey(danger.field())) {
        changed = changed.with(danger, Rule.of(danger.field(), body.get(danger.field())));
      }
    }
    if (body.containsKey(EXEC)) {
      changed = changed.withExec(Rule.of(EXEC, body.get(EXEC)));
    }
    return body.containsKey(HOST_PATHS)
        ? changed.withHostPaths(hostPaths(body.get(HOST_PATHS)))
        : changed;
  }

  private static List<String> hostPaths(@Nullable Object json) {
    if (!(json instanceof List<?> paths)) {
      throw new InvalidInput(HOST_PATHS, "must be a list of paths");
    }
    var read = new ArrayList<String>();
    for (var path : paths) {
      if (!(path instanceof String text) || !HostPath.isAbsolute(text)) {
        throw new InvalidInput(
            "%s[%d]".formatted(HOST_PATHS, read.size()), "must be an absolute path without '..'");
      }
      read.add(HostPath.of(text).toString());
    }
    return read;
  }
}
