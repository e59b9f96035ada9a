package dev.slipway.command.quota;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.slipway.http.Caller;
import dev.slipway.http.QuotaExceeded;
import dev.slipway.http.Quotas;
import dev.slipway.model.Namespace;
import dev.slipway.model.quota.Quota;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses writes of a namespace that come faster than its quota, by a token bucket that holds ten
 * seconds' worth. Each process counts its own.
 */
public final class WriteRate implements HandlerInterceptor {

  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS");
  private static final int BURST_SECONDS = 10;
  private static final double NANOSECONDS_PER_SECOND = 1e9;

  private final Quotas quotas;
  private final LongSupplier nanoseconds;
  private final Cache<Namespace, Bucket> buckets =
      Caffeine.newBuilder().expireAfterAccess(Duration.ofMinutes(5)).maximumSize(100_000).build();

  /** How many writes are left, and when they were counted. */
  private record Bucket(double left, long at, boolean taken) {}

  public WriteRate(Quotas quotas, LongSupplier nanoseconds) {
    this.quotas = quotas;
    this.nanoseconds = nanoseconds;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    var caller = Caller.find(request);
    if (caller != null && !READS.contains(request.getMethod())) {
      count(caller.namespace());
    }
    return true;
  }

  /**
   * Counts one write.
   *
   * @throws QuotaExceeded if there were too many
   */
  public void count(Namespace namespace) {
    long limit = quotas.limit(namespace, Quota.WRITES_PER_SECOND);
    double most = Math.max(1, (double) limit * BURST_SECONDS);
    long now = nanoseconds.getAsLong();
    var after =
        buckets
            .asMap()
            .compute(
                namespace,
                (_, before) -> {
                  double left =
                      before == null
                          ? most
                          : Math.min(
                              most,
                              before.left + (now - before.at) / NANOSECONDS_PER_SECOND * limit);
                  boolean enough = left >= 1 && limit > 0;
                  return new Bucket(enough ? left - 1 : left, now, enough);
                });
    if (!after.taken) {
      throw new QuotaExceeded(namespace, Quota.WRITES_PER_SECOND, limit, limit);
    }
  }
}
