package dev.slipway.standalone.limits;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.Optional;

/** The part of the heap for long-lived objects, whatever the collector. */
final class OldGeneration {

  private static final Optional<MemoryPoolMXBean> POOL =
      ManagementFactory.getMemoryPoolMXBeans().stream()
          .filter(pool -> pool.getType() == MemoryType.HEAP)
          .filter(pool -> pool.getName().matches(".*(Old|Tenured).*"))
          .findFirst();

  private OldGeneration() {}

  static long maxBytes() {
    long max = POOL.map(pool -> pool.getUsage().getMax()).orElse(-1L);
    return max > 0 ? max : Runtime.getRuntime().maxMemory();
  }

  /** As of the last collection of it; 0 before the first. */
  static long usedAfterCollection() {
    return POOL.map(MemoryPoolMXBean::getCollectionUsage).map(usage -> usage.getUsed()).orElse(0L);
  }

  /** The total time of all collections since the start of the process. */
  static Duration collecting() {
    return Duration.ofMillis(
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(GarbageCollectorMXBean::getCollectionTime)
            .sum());
  }
}
