package dev.slipway.standalone.embedded;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.backend.memory.MemoryDatabase;

/**
 * mongo-java-server's memory backend with what it lacks for our use: indexes that are used when
 * other conditions stand beside their keys, secondary indexes, and reads that never see a document
 * half written.
 */
final class IndexedBackend extends MemoryBackend {

  @Override
  public MemoryDatabase openOrCreateDatabase(String name) {
    return new IndexedDatabase(name, getCursorRegistry());
  }
}
