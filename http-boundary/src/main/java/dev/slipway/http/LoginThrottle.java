package dev.slipway.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Keeps guessers of keys waiting: who fails too often, by address and user, is not heard for a
 * while, not even with the right key, unless the user has logged in from that address before. What
 * it remembers is bounded, in number and in time.
 */
final class LoginThrottle {

  private static final int MOST_REMEMBERED = 100_000;
  private static final Duration LONGEST_REMEMBERED = Duration.ofHours(1);
  private static final Duration LONGEST_KNOWN = Duration.ofDays(30);
  private static final int LONGEST_NAME = 64;

  private final InstantSource clock;
  private final Cache<Who, FailedLogins> failed;
  private final Cache<Who, Boolean> succeeded;

  private record Who(String address, String user) {}

  LoginThrottle(InstantSource clock) {
    this.clock = clock;
    this.failed =
        Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(LONGEST_REMEMBERED)
            .build();
    this.succeeded =
        Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterAccess(LONGEST_KNOWN).build();
  }

  /** Whether the user has logged in from this address lately. */
  boolean isKnown(String address, String user) {
    return succeeded.getIfPresent(who(address, user)) != null;
  }

  /** How long this user is not heard from this address yet; zero if it is. */
  Duration shutFor(String address, String user) {
    var logins = failed.getIfPresent(who(address, user));
    return logins == null ? Duration.ZERO : logins.shutFor(clock.instant());
  }

  void failed(String address, String user) {
    var now = clock.instant();
    failed
        .asMap()
        .compute(
            who(address, user),
            (_, logins) -> (logins == null ? FailedLogins.none(now) : logins).and(now));
  }

  void succeeded(String address, String user) {
    var who = who(address, user);
    failed.invalidate(who);
    if (user.length() <= LONGEST_NAME && succeeded.getIfPresent(who) == null) {
      succeeded.put(who, true);
    }
  }

  /** No user's name is longer: names that begin alike count as one, and take no more room. */
  private static Who who(String address, String user) {
    return new Who(address, user.length() <= LONGEST_NAME ? user : user.substring(0, LONGEST_NAME));
  }
}
