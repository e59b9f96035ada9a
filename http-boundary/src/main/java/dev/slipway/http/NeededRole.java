package dev.slipway.http;

import com.google.re2j.Pattern;
import dev.slipway.model.account.Role;
import java.util.Set;

/** Which role a request needs in its namespace. */
final class NeededRole {

  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");

  /** A stream that runs a command, though it begins as a GET. */
  private static final Pattern EXEC = Pattern.compile("/api/app/v1/[^/]+/[^/]+/exec(/.*)?");

  /** The path of a trigger's call is a secret, with which anybody scales or redeploys. */
  private static final Pattern TRIGGER = Pattern.compile("/api/app/v1/service/[^/]+/trigger/.+");

  private NeededRole() {}

  /**
   * @param path in its one form
   */
  static Role of(String method, String path) {
    if (EXEC.matcher(path).matches() || TRIGGER.matcher(path).matches()) {
      return Role.OPERATOR;
    }
    if (READS.contains(method) || path.equals(ApiPath.SESSION)) {
      return Role.READER;
    }
    return path.startsWith("/api/app/") || path.startsWith("/api/audit/")
        ? Role.OPERATOR
        : Role.ADMIN;
  }
}
