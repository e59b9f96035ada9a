package dev.slipway.http;

import java.time.Duration;
import java.time.Instant;

/**
 * The failed logins of one user from one address.
 *
 * @param since when the first of those that are counted failed
 * @param shutUntil no login is tried before
 * @param nextShut for how long the next too many will shut it
 */
record FailedLogins(int count, Instant since, Instant shutUntil, Duration nextShut) {

  private static final int MOST = 10;
  private static final Duration WITHIN = Duration.ofMinutes(1);
  private static final Duration FIRST_SHUT = Duration.ofMinutes(1);
  private static final Duration LONGEST_SHUT = Duration.ofMinutes(15);

  static FailedLogins none(Instant now) {
    return new FailedLogins(0, now, now, FIRST_SHUT);
  }

  /** One more has failed. */
  FailedLogins and(Instant now) {
    boolean old = now.isAfter(since.plus(WITHIN));
    int failed = old ? 1 : count + 1;
    if (failed < MOST) {
      return new FailedLogins(failed, old || count == 0 ? now : since, shutUntil, nextShut);
    }
    var twice = nextShut.multipliedBy(2);
    return new FailedLogins(
        0, now, now.plus(nextShut), twice.compareTo(LONGEST_SHUT) < 0 ? twice : LONGEST_SHUT);
  }

  /** How long no login is tried yet; zero if one is. */
  Duration shutFor(Instant now) {
    return now.isBefore(shutUntil) ? Duration.between(now, shutUntil) : Duration.ZERO;
  }
}
