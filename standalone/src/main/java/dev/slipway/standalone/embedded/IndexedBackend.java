package dev.slipway.standalone.embedded;

import de.bwaldvogel.mongo.backend.AbstractMongoBackend;

/**
 * A backend for mongo-java-server in memory, with what its own lacks for our use: documents that
 * take no more room than their bytes, indexes that are used when other conditions stand beside
 * their keys, secondary indexes, and reads that never see a document half written.
 */
class IndexedBackend extends AbstractMongoBackend {

  @Override
  protected IndexedDatabase openOrCreateDatabase(String name) {
    return new IndexedDatabase(name, getCursorRegistry());
  }
}
