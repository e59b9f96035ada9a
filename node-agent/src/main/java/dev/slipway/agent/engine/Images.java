package dev.slipway.agent.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets images for containers that are to be made. What was asked of an image after a container was
 * wanted is new enough for it: containers that are wanted together share one pull, and one that is
 * wanted after a push gets what was pushed.
 */
public final class Images {

  private static final Logger LOG = LoggerFactory.getLogger(Images.class);
  private static final Duration KEPT = Duration.ofMinutes(10);

  private final Engine engine;
  private final PullPolicy policy;
  private final InstantSource clock;
  private final Map<String, Known> byName = new ConcurrentHashMap<>();

  /** What is known of one name; guarded by its own lock, since a pull takes long. */
  private static final class Known {
    private final ReentrantLock lock = new ReentrantLock();
    private volatile Instant asked = Instant.MIN;
    private int connection;
    private @Nullable Image image;
  }

  public Images(Engine engine, PullPolicy policy, InstantSource clock) {
    this.engine = engine;
    this.policy = policy;
    this.clock = clock;
  }

  /**
   * The image to make a container from.
   *
   * @param wantedSince when the container was wanted, or later
   * @throws EngineRefused if there is none
   */
  public Image get(String name, Instant wantedSince) {
    var now = clock.instant();
    byName.values().removeIf(old -> !old.lock.isLocked() && old.asked.isBefore(now.minus(KEPT)));
    var known = byName.computeIfAbsent(name, _ -> new Known());
    known.lock.lock();
    try {
      var image = known.image;
      int connection = engine.connection();
      if (image == null || known.asked.isBefore(wantedSince) || known.connection != connection) {
        var asked = clock.instant();
        image = ask(name);
        known.image = image;
        known.asked = asked;
        known.connection = connection;
      }
      return image;
    } finally {
      known.lock.unlock();
    }
  }

  /** What the Engine has under the name, without asking the registry. */
  public @Nullable Image local(String name) {
    return engine.image(name).orElse(null);
  }

  private Image ask(String name) {
    if (policy == PullPolicy.ALWAYS) {
      return pulled(name);
    }
    var there = local(name);
    if (there != null) {
      return there;
    }
    if (policy == PullPolicy.NEVER) {
      throw new EngineRefused("there is no image %s here, and none is pulled".formatted(name));
    }
    engine.pull(name);
    return orRefused(name);
  }

  private Image pulled(String name) {
    try {
      engine.pull(name);
    } catch (EngineRefused refused) {
      var there = local(name);
      if (there == null) {
        throw refused;
      }
      LOG.warn("Image {} was not pulled, the one that is here is used: {}", name, refused.reason());
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
