package dev.slipway.query.projection;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import com.mongodb.event.CommandListener;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.util.UUID;
import java.util.stream.Stream;

/** The databases that views are tested on: a stand-in always, a real server where one is named. */
public final class Stores {

  private static final MongoServer STAND_IN = new MongoServer(new MemoryBackend());
  private static final String STAND_IN_URI =
      "mongodb://127.0.0.1:" + STAND_IN.bind().getPort() + "/";

  private Stores() {}

  /** An empty database of the stand-in. */
  public static String freshUri() {
    return STAND_IN_URI + "slipway-test-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** An empty database of each. */
  public static Stream<MongoDatabase> fresh() {
    var real = System.getenv("SLIPWAY_TEST_MONGODB_URI");
    return Stream.concat(
        Stream.of(database(MongoClients.create(STAND_IN_URI))),
        Stream.ofNullable(real).map(uri -> database(MongoClients.create(uri))));
  }

  public static MongoDatabase standIn() {
    return database(MongoClients.create(STAND_IN_URI));
  }

  /** One that tells of each command. */
  public static MongoDatabase standIn(CommandListener listener) {
    return database(
        MongoClients.create(
            MongoClientSettings.builder()
                .applyConnectionString(new ConnectionString(STAND_IN_URI))
                .addCommandListener(listener)
                .build()));
  }

  private static MongoDatabase database(MongoClient client) {
    return client.getDatabase("slipway-test-" + UUID.randomUUID().toString().substring(0, 8));
  }
}
