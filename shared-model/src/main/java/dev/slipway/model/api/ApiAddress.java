package dev.slipway.model.api;

import dev.slipway.model.Secret;
import dev.slipway.model.service.EnvironmentVariable;
import java.util.List;

/** The address of the API in the variables that containers get. */
public final class ApiAddress {

  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1");

  private ApiAddress() {}

  /** Whether a URL leads to the host that reads it, which for a container is itself. */
  public static boolean isLoopback(String url) {
    int scheme = url.indexOf("://");
    return scheme > 0 && LOOPBACK.stream().anyMatch(host -> startsWithHost(url, scheme + 3, host));
  }

  private static boolean startsWithHost(String url, int at, String host) {
    int end = at + host.length();
    return url.startsWith(host, at)
        && (end == url.length() || url.charAt(end) == ':' || url.charAt(end) == '/');
  }

  /**
   * The variables with an address that containers of a network reach in place of the loopback one.
   *
   * @param gateway the host's address in the network
   */
  public static List<EnvironmentVariable> reachable(
      List<EnvironmentVariable> variables, String gateway) {
    return variables.stream().map(variable -> reachable(variable, gateway)).toList();
  }

  private static EnvironmentVariable reachable(EnvironmentVariable variable, String gateway) {
    var value = variable.value().reveal();
    if (!isOfSlipway(variable.key()) || !isLoopback(value)) {
      return variable;
    }
    int from = value.indexOf("://") + 3;
    int to = from;
    while (to < value.length() && value.charAt(to) != ':' && value.charAt(to) != '/') {
      to++;
    }
    var changed = value.substring(0, from) + gateway + value.substring(to);
    return new EnvironmentVariable(variable.key(), new Secret(changed));
  }

  private static boolean isOfSlipway(String key) {
    return key.startsWith("DOCKERCLOUD_") || key.endsWith("_DOCKERCLOUD_API_URL");
  }
}
