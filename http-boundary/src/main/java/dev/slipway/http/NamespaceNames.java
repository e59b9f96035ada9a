package dev.slipway.http;

import com.google.re2j.Pattern;
import dev.slipway.model.InvalidInput;
import java.util.HashSet;
import java.util.Set;

/** How a new user or organisation may be named: as it will stand in paths. */
public final class NamespaceNames {

  private static final int LONGEST = 32;
  private static final Pattern FORM = Pattern.compile("[a-z0-9_-]{2,32}");

  /** Words of paths that are no resources of a namespace today, but could be. */
  private static final Set<String> OTHER_WORDS =
      Set.of(
          "api",
          "app",
          "infra",
          "audit",
          "repo",
          "account",
          "auth",
          "member",
          "namespace",
          "policy",
          "history",
          "webhook",
          "volume",
          "network",
          "secret",
          "schedule",
          "job",
          "log",
          "logs",
          "event",
          "exec",
          "call",
          "me",
          "v1");

  private static final Set<String> RESERVED = reserved();

  private NamespaceNames() {}

  private static Set<String> reserved() {
    var reserved = new HashSet<>(ApiPath.resources());
    reserved.addAll(OTHER_WORDS);
    return Set.copyOf(reserved);
  }

  /**
   * @throws InvalidInput naming the field and the rule, if nothing may be named so
   */
  public static String checked(String field, String name) {
    if (!haveForm(name)) {
      throw new InvalidInput(field, "must be 2 to 32 of a-z, 0-9, _ and -");
    }
    if (RESERVED.contains(name)) {
      throw new InvalidInput(field, "must not be a word of the API such as " + name);
    }
    return name;
  }

  /** Whether there can be somebody of this name. */
  public static boolean haveForm(String name) {
    return name.length() <= LONGEST && FORM.matcher(name).matches();
  }
}
