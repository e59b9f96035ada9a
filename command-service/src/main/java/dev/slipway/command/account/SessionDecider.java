package dev.slipway.command.account;

import dev.slipway.command.account.AccountCommand.CloseSession;
import dev.slipway.command.account.AccountCommand.ExtendSession;
import dev.slipway.command.account.AccountCommand.OpenSession;
import dev.slipway.command.account.AccountState.Kind;
import dev.slipway.command.account.AccountState.Session;
import dev.slipway.model.Namespace;
import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.account.AccountEvent.SessionClosed;
import dev.slipway.model.account.AccountEvent.SessionExtended;
import dev.slipway.model.account.AccountEvent.SessionOpened;
import dev.slipway.model.account.AccountEvent.UserCreated;
import dev.slipway.model.account.ApiKeyId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides on a user's sessions at the console. Their number is bounded: a login beyond it closes
 * the oldest session instead of being rejected.
 */
final class SessionDecider {

  static final int MAX_SESSIONS = 20;

  private SessionDecider() {}

  static List<AccountEvent> opened(OpenSession open, @Nullable AccountState account) {
    var user = open.account().value();
    var session = open.session();
    var events = new ArrayList<AccountEvent>();
    if (account == null && open.mayBeNew()) {
      events.add(new UserCreated(user));
    } else {
      var sessions = AccountDecider.require(open.account(), Kind.USER, account).openSessions();
      sessions.stream()
          .limit(Math.max(0, sessions.size() - MAX_SESSIONS + 1))
          .map(oldest -> new SessionClosed(oldest.id(), user))
          .forEach(events::add);
    }
    events.add(
        new SessionOpened(
            session.id(),
            user,
            session.hash(),
            session.apiKey(),
            session.limit(),
            session.expires()));
    return List.copyOf(events);
  }

  static List<AccountEvent> extended(ExtendSession extend, @Nullable AccountState account) {
    require(extend.account(), extend.session(), account);
    return List.of(
        new SessionExtended(extend.session(), extend.account().value(), extend.expires()));
  }

  static List<AccountEvent> closed(CloseSession close, @Nullable AccountState account) {
    require(close.account(), close.session(), account);
    return List.of(new SessionClosed(close.session(), close.account().value()));
  }

  private static void require(Namespace user, ApiKeyId session, @Nullable AccountState account) {
    var sessions = AccountDecider.require(user, Kind.USER, account).openSessions();
    if (sessions.stream().map(Session::id).noneMatch(session::equals)) {
      throw AccountDecider.notFound("session " + session);
    }
  }
}
