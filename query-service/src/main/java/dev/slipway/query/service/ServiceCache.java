package dev.slipway.query.service;

import dev.slipway.model.service.Service;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The services that changed lately. Only one thread uses it. An entry may be older than what is
 * stored, if another instance wrote since; a version always is the same state.
 */
final class ServiceCache {

  /** One service is a few kilobytes: so many take some hundredths of the heap. */
  private static final int SIZE =
      (int) Math.clamp(Runtime.getRuntime().maxMemory() >> 16, 2_000, 200_000);

  private final Map<String, Service> services =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Service> eldest) {
          return size() > SIZE;
        }
      };

  void clear() {
    services.clear();
  }

  @Nullable Service get(String id) {
    return services.get(id);
  }

  void put(Service service) {
    services.put(service.id().value(), service);
  }
}
