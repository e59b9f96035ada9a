package dev.slipway.command.store;

import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.axonframework.common.Registration;
import org.axonframework.common.caching.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the aggregates used last. Its references are strong: weak ones are lost at the next
 * collection, and each loss costs a read of the aggregate's events.
 */
final class StrongCache implements Cache {

  private final com.github.benmanes.caffeine.cache.Cache<Object, Object> entries;

  StrongCache(long most) {
    this.entries = Caffeine.newBuilder().maximumSize(most).build();
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Axon's interface is so
  public <K, V> @Nullable V get(K key) {
    return (V) entries.getIfPresent(key);
  }

  @Override
  public void put(Object key, Object value) {
    entries.put(key, value);
  }

  @Override
  public boolean putIfAbsent(Object key, Object value) {
    return entries.asMap().putIfAbsent(key, value) == null;
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Axon's interface is so
  public <T> T computeIfAbsent(Object key, Supplier<T> supplier) {
    return (T) entries.get(key, _ -> supplier.get());
  }

  @Override
  public boolean remove(Object key) {
    return entries.asMap().remove(key) != null;
  }

  @Override
  public void removeAll() {
    entries.invalidateAll();
  }

  @Override
  public boolean containsKey(Object key) {
    return entries.getIfPresent(key) != null;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <V> void computeIfPresent(Object key, UnaryOperator<V> update) {
    entries.asMap().computeIfPresent(key, (_, value) -> update.apply((V) value));
  }

  /** Axon's repositories do not listen; a listener would never be told. */
  @Override
  public Registration registerCacheEntryListener(EntryListener listener) {
    throw new UnsupportedOperationException("this cache tells nobody of its entries");
  }
}
