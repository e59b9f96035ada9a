package dev.slipway.command.registry;

import dev.slipway.model.registry.RegistryLogin;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a registry whether it accepts a login, by the flows of the OCI distribution specification. A
 * registry that cannot be asked is no failure: nodes may reach what this process does not.
 */
public final class LoginCheck {

  /** In which time the registry must have answered all that it is asked. */
  private static final Duration MAX_TIME = Duration.ofSeconds(5);

  private final Set<String> insecure;

  /**
   * @param insecure hosts of registries that are asked over plain http, as the Engine's setting
   *     {@code insecure-registries} has them
   */
  public LoginCheck(Set<String> insecure) {
    this.insecure = Set.copyOf(insecure);
  }

  /** What came of a check. */
  public sealed interface Result {

    /** The registry accepts the login. */
    record Accepted() implements Result {}

    /** The registry rejects the login. */
    record Rejected(String message) implements Result {}

    /** The registry could not be asked. */
    record NotChecked(String reason) implements Result {
      public NotChecked {
        reason = cut(reason);
      }
    }
  }

  public Result check(RegistryLogin login) {
    var threads = Executors.newVirtualThreadPerTaskExecutor();
    try (var registry = new RegistryConnection(login.scope().host(), isInsecure(login))) {
      return CompletableFuture.supplyAsync(() -> registry.check(login), threads)
          .get(MAX_TIME.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      return new Result.NotChecked("no answer within %d s".formatted(MAX_TIME.toSeconds()));
    } catch (ExecutionException failure) {
      return new Result.NotChecked(describe(failure.getCause()));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return new Result.NotChecked("Slipway was stopping");
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean isInsecure(RegistryLogin login) {
    var host = login.scope().host();
    return insecure.contains(host) || insecure.contains(RegistryConnection.withoutPort(host));
  }

  private static String describe(@Nullable Throwable failure) {
    var cause = failure;
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    if (cause == null) {
      return "unknown";
    }
    var message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private static String cut(String text) {
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }
}
