package dev.slipway.agent.engine;

import dev.slipway.model.action.ActionId;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.registry.RegistryLogin;
import dev.slipway.model.service.ServiceId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds images for containers that are to be made. A registry is asked once for all containers of
 * one start of a service; a container that is wanted after a push gets what was pushed. A registry
 * that is away delays a start by a few seconds, once, if the Engine has the image.
 */
public final class Images {

  private static final Logger LOG = LoggerFactory.getLogger(Images.class);
  private static final Duration KEPT = Duration.ofMinutes(10);

  /** How long a registry that failed is not asked again for the same start. */
  private static final Duration FAILURE_KEPT = Duration.ofMinutes(1);

  /** How long a registry may take to answer, if the Engine has the image. */
  private static final Duration MAX_LOOKUP = Duration.ofMillis(2500);

  private final Engine engine;
  private final PullPolicy policy;
  private final InstantSource clock;
  private final Map<String, Lookup> byName = new ConcurrentHashMap<>();

  /**
   * One start of a service.
   *
   * @param generation of its containers, 0 if the operation is known
   * @param operation that all its containers belong to, null if it is not known
   */
  public record Start(ServiceId service, int generation, @Nullable ActionId operation) {

    public static Start of(Assignment assignment) {
      var operation = assignment.operation();
      return new Start(
          assignment.service(), operation == null ? assignment.spec().generation() : 0, operation);
    }

    /** Whether a container of the one belongs to the other, however late it is assigned. */
    boolean isSameOperation(Start other) {
      return operation != null && equals(other);
    }
  }

  /**
   * The outcome of a lookup.
   *
   * @param image null if there is none
   * @param failure why the registry was of no use, null if it was
   */
  private record Outcome(
      Start start,
      @Nullable RegistryLogin login,
      Instant asked,
      Instant ended,
      int connection,
      @Nullable Image image,
      @Nullable EngineRefused failure) {

    Image get() {
      if (image == null) {
        throw Objects.requireNonNull(failure);
      }
      return image;
    }
  }

  /** The lookups of one name, one at a time. */
  private static final class Lookup {
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Outcome last;
  }

  public Images(Engine engine, PullPolicy policy, InstantSource clock) {
    this.engine = engine;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * The image to make a container from.
   *
   * @param login to pull it with, null for none
   * @param start that the container belongs to
   * @param wantedSince when the container was wanted, or later
   * @throws EngineRefused if there is none
   */
  public Image get(String name, @Nullable RegistryLogin login, Start start, Instant wantedSince) {
    forgetOld();
    var lookup = byName.computeIfAbsent(name, _ -> new Lookup());
    lookup.lock.lock();
    try {
      var last = lookup.last;
      if (last == null || !isFreshEnough(last, login, start, wantedSince)) {
        last = ask(name, login, start);
        lookup.last = last;
      }
      return last.get();
    } finally {
      lookup.lock.unlock();
    }
  }

  private void forgetOld() {
    var oldest = clock.instant().minus(KEPT);
    byName
        .values()
        .removeIf(
            old -> {
              var last = old.last;
              return !old.lock.isLocked() && last != null && last.ended.isBefore(oldest);
            });
  }

  private boolean isFreshEnough(
      Outcome last, @Nullable RegistryLogin login, Start start, Instant wantedSince) {
    if (last.connection != engine.connection() || !Objects.equals(last.login, login)) {
      return false;
    }
    if (last.image != null && last.failure == null && start.isSameOperation(last.start)) {
      return true;
    }
    boolean together = last.start.equals(start) && !last.ended.isBefore(wantedSince);
    boolean failedBefore =
        last.failure != null
            && last.start.equals(start)
            && last.ended.plus(FAILURE_KEPT).isAfter(clock.instant());
    return together || failedBefore || (last.image != null && !last.asked.isBefore(wantedSince));
  }

  private Outcome ask(String name, @Nullable RegistryLogin login, Start start) {
    int connection = engine.connection();
    var asked = clock.instant();
    try {
      var image = find(name, login);
      var note = image.facts().notPulled();
      var failure = note == null ? null : new EngineRefused(note);
      return new Outcome(start, login, asked, clock.instant(), connection, image, failure);
    } catch (EngineRefused refused) {
      return new Outcome(start, login, asked, clock.instant(), connection, null, refused);
    }
  }

  /** What the Engine has under the name, without asking the registry. */
  public @Nullable Image local(String name) {
    return engine.image(name).orElse(null);
  }

  private Image find(String name, @Nullable RegistryLogin login) {
    if (policy == PullPolicy.ALWAYS) {
      return pulled(name, login);
    }
    var there = local(name);
    if (there != null) {
      return there;
    }
    if (policy == PullPolicy.NEVER) {
      throw new EngineRefused("there is no image %s here, and none is pulled".formatted(name));
    }
    engine.pull(name, login, Duration.ZERO);
    return orRefused(name);
  }

  private Image pulled(String name, @Nullable RegistryLogin login) {
    var there = local(name);
    try {
      engine.pull(name, login, there == null ? Duration.ZERO : MAX_LOOKUP);
    } catch (EngineRefused refused) {
      if (there == null) {
        throw refused;
      }
      LOG.info("Image {} was not pulled; using the local one: {}", name, refused.reason());
      return there.notPulled(refused.reason());
    }
    return orRefused(name);
  }

  private Image orRefused(String name) {
    var there = local(name);
    if (there == null) {
      throw new EngineRefused("the image %s was pulled and is gone again".formatted(name));
    }
    return there;
  }
}
