package dev.slipway.http;

import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.wire.Envelope;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * How far the directory has come: passes over what it has applied already, since events are sent at
 * least once, and lets others wait for what it has not.
 */
public final class DirectoryProgress {

  /** Containers come and go: of those whose tokens changed last, repeated events are told. */
  private static final int TOKENS_REMEMBERED = 50_000;

  private final Directory directory;
  private final Map<String, Long> accounts = new HashMap<>();
  private final Map<String, Long> tokens =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > TOKENS_REMEMBERED;
        }
      };
  private final Map<String, Parked> parked = new ConcurrentHashMap<>();
  private volatile boolean caughtUp;

  /** Where the event stands that parks an account. */
  private record Parked(long sequence, long offset) {}

  DirectoryProgress(Directory directory) {
    this.directory = directory;
  }

  synchronized void apply(Envelope<Object> envelope) {
    var before = parked.get(envelope.subject());
    if (before != null && envelope.sequence() > before.sequence()) {
      return;
    }
    if (before != null && envelope.sequence() == before.sequence()) {
      parked.remove(envelope.subject());
    }
    var event = (AccountEvent) envelope.event();
    var applied = isOfContainer(event) ? tokens : accounts;
    if (envelope.sequence() > applied.getOrDefault(envelope.subject(), -1L)) {
      directory.apply(event, envelope.at());
      applied.put(envelope.subject(), envelope.sequence());
      notifyAll();
    }
  }

  /** Forgets everything: another log follows. */
  synchronized void forget() {
    caughtUp = false;
    directory.forget();
    accounts.clear();
    tokens.clear();
    parked.clear();
  }

  /** Holds the later events of an account back: one of its events cannot be read. */
  void park(String account, long sequence, long offset) {
    parked.putIfAbsent(account, new Parked(sequence, offset));
  }

  /** Whether an account's rights are not known. */
  boolean isParked(String account) {
    return parked.containsKey(account);
  }

  /** The accounts that are parked, with the offset of the event. */
  Map<String, Long> parked() {
    return parked.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, one -> one.getValue().offset()));
  }

  private static boolean isOfContainer(AccountEvent event) {
    return switch (event) {
      case AccountEvent.TokenGranted _, AccountEvent.TokenRevoked _ -> true;
      case AccountEvent.UserCreated _,
          AccountEvent.UserDeleted _,
          AccountEvent.OrganisationCreated _,
          AccountEvent.MemberAdded _,
          AccountEvent.MemberRemoved _,
          AccountEvent.ApiKeyCreated _,
          AccountEvent.ApiKeyRevoked _,
          AccountEvent.SessionOpened _,
          AccountEvent.SessionExtended _,
          AccountEvent.SessionClosed _,
          AccountEvent.PolicyChanged _,
          AccountEvent.QuotasChanged _,
          AccountEvent.RegistryLoginSet _,
          AccountEvent.RegistryLoginRemoved _,
          AccountEvent.NodeTokenCreated _ ->
          false;
    };
  }

  /**
   * Waits until the directory shows an account at a version.
   *
   * @param sequence of the last event that must be in it
   * @return false if the time ran out
   */
  public synchronized boolean awaitApplied(String account, long sequence, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    while (accounts.getOrDefault(account, -1L) < sequence) {
      long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (left <= 0) {
        return false;
      }
      try {
        wait(left);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }

  /** Whether all is applied that the log held when this process began to read it. */
  boolean isCaughtUp() {
    return caughtUp;
  }

  void caughtUp(boolean caughtUp) {
    this.caughtUp = caughtUp;
  }
}
