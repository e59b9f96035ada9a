package dev.slipway.standalone.limits;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The resources that the process lacks at present, each with cause and remedy in a sentence. */
public final class Limits {

  private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
  private static final int SERVICE_UNAVAILABLE = 503;
  private static final int INSUFFICIENT_STORAGE = 507;

  private volatile @Nullable String database;
  private volatile @Nullable String disk;
  private volatile @Nullable String heap;
  private volatile long freeDiskBytes;
  private volatile double heapShare;

  void database(@Nullable String reason) {
    database = reason;
  }

  void disk(long freeBytes, @Nullable String reason) {
    freeDiskBytes = freeBytes;
    disk = reason;
  }

  void heap(double share, @Nullable String reason) {
    heapShare = share;
    heap = reason;
  }

  /** Why PostgreSQL cannot be used; empty if it can. */
  Optional<String> database() {
    return Optional.ofNullable(database);
  }

  /** Why writes are rejected; empty if the disk has its reserve. */
  Optional<String> disk() {
    return Optional.ofNullable(disk);
  }

  /** Why the process may stall soon; empty if the heap has room. */
  Optional<String> heap() {
    return Optional.ofNullable(heap);
  }

  /** An answer in place of what was asked for. */
  record Rejection(int status, String reason) {}

  /** Why a request of this method is rejected: 503 without a database, 507 without free disk. */
  Optional<Rejection> rejection(String method) {
    if (READS.contains(method)) {
      return Optional.empty();
    }
    return database()
        .map(reason -> new Rejection(SERVICE_UNAVAILABLE, reason))
        .or(() -> disk().map(reason -> new Rejection(INSUFFICIENT_STORAGE, reason)));
  }

  long freeDiskBytes() {
    return freeDiskBytes;
  }

  /** The share of the old generation that was in use after its last collection, from 0 to 1. */
  double heapShare() {
    return heapShare;
  }
}
