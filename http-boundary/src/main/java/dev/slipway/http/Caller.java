package dev.slipway.http;

import dev.slipway.model.Namespace;
import dev.slipway.model.account.Role;
import dev.slipway.model.action.Origin;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request, from where, and for which namespace.
 *
 * @param named the namespace that the path names, null if it names none
 * @param reason what the client gave as its reason in {@code X-Change-Reason}
 * @param ifMatch the version that a change is for, from {@code If-Match}; null for any
 * @param path as the client sent it, with its query but for what logs in with it
 */
public record Caller(
    Account account,
    @Nullable Namespace named,
    String ip,
    String userAgent,
    @Nullable String reason,
    @Nullable Long ifMatch,
    String method,
    String path) {

  static final String ATTRIBUTE = Caller.class.getName();

  /**
   * @throws NullPointerException if the request is of a path that needs no login
   */
  public static Caller of(HttpServletRequest request) {
    return Objects.requireNonNull((Caller) request.getAttribute(ATTRIBUTE));
  }

  /** Who sends the request, null if it is of a path that needs no login. */
  public static @Nullable Caller find(HttpServletRequest request) {
    return (Caller) request.getAttribute(ATTRIBUTE);
  }

  /** The namespace in the path of a request, whoever sends it; null if it names none. */
  public static @Nullable Namespace namedIn(HttpServletRequest request) {
    return request.getAttribute(ApiPath.NAMESPACE) instanceof String name
        ? new Namespace(name)
        : null;
  }

  /** The same, repeating what a request to a namespace once was. */
  public Caller repeating(Namespace namespace, String method, String path) {
    return new Caller(account, namespace, ip, userAgent, reason, null, method, path);
  }

  public String user() {
    return account.user();
  }

  /** The one in the path, or else the account's own. */
  public Namespace namespace() {
    return named == null ? account.home() : named;
  }

  /**
   * Where to look for what has no namespace in its path, such as an action: in all that the account
   * may use, unless the path names one.
   */
  public Set<Namespace> namespaces() {
    return named == null ? account.roles().keySet() : Set.of(named);
  }

  /** In the namespace of the request. */
  public Role role() {
    return account.roleIn(namespace()).orElse(Role.READER);
  }

  public Origin origin() {
    return new Origin(user(), ip, userAgent, reason);
  }
}
