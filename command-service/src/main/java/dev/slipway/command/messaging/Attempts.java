package dev.slipway.command.messaging;

import java.util.HashSet;
import java.util.Set;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work for many of whom one that fails does not hold up the others. It is logged when it first
 * fails and not again until it has worked; trying again is the caller's. A race that was lost to
 * another process is ordinary: it is logged only if the next try loses one too. Not for several
 * threads.
 */
public final class Attempts {

  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  private final String part;
  private final Set<Object> failing = new HashSet<>();
  private final Set<Object> losing = new HashSet<>();

  /**
   * @param part of Slipway that attempts it
   */
  public Attempts(String part) {
    this.part = part;
  }

  /**
   * @param whom the work is for
   */
  public void attempt(Object whom, Runnable work) {
    try {
      work.run();
      failing.remove(whom);
      losing.remove(whom);
    } catch (ConcurrencyException lostRace) {
      if (!losing.add(whom) && failing.add(whom)) {
        LOG.warn("{} loses races for {} and will try again: {}", part, whom, lostRace.getMessage());
      }
    } catch (RuntimeException failure) {
      if (failing.add(whom)) {
        LOG.warn("{} fails for {} and will try again", part, whom, failure);
      }
    }
  }
}
