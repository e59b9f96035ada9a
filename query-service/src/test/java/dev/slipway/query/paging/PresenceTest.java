package dev.slipway.query.paging;

import static org.assertj.core.api.Assertions.assertThat;

import com.mongodb.client.MongoDatabase;
import dev.slipway.query.projection.Stores;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PresenceTest {

  private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  private static final Duration SHOWN = Duration.ofHours(1);

  static Stream<MongoDatabase> databases() {
    return Stores.fresh();
  }

  private static Document document(String id, @Nullable Instant terminated) {
    return new Document("_id", id)
        .append("listed", true)
        .append("terminated", terminated != null)
        .append("terminatedAt", terminated == null ? null : terminated.toEpochMilli());
  }

  private static Iterable<String> listed(MongoDatabase database, Instant now) {
    var presence = new Presence(Clock.fixed(now, ZoneOffset.UTC), SHOWN);
    var documents = database.getCollection("things");
    return documents
        .find(presence.listed(documents))
        .map(one -> one.getString("_id"))
        .into(new ArrayList<>());
  }

  @ParameterizedTest
  @MethodSource("databases")
  void listsWhatLivesAndForAWhileWhatDoesNot(MongoDatabase database) {
    var things = database.getCollection("things");
    things.insertOne(document("lives", null));
    things.insertOne(document("ended", NOW.minus(SHOWN).plusMillis(1)));
    things.insertOne(document("long gone", NOW.minus(SHOWN)));

    assertThat(listed(database, NOW)).containsExactlyInAnyOrder("lives", "ended");
    assertThat(listed(database, NOW.plusMillis(1))).containsExactly("lives");
    assertThat(listed(database, NOW.plus(SHOWN))).containsExactly("lives");
    database.drop();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void listsNothingAgainThatIsWrittenAgainAfterItsEnd(MongoDatabase database) {
    var things = database.getCollection("things");
    things.insertOne(document("long gone", NOW.minus(SHOWN)));
    assertThat(listed(database, NOW)).isEmpty();
    things.replaceOne(new Document("_id", "long gone"), document("long gone", NOW.minus(SHOWN)));
    assertThat(listed(database, NOW)).isEmpty();
    database.drop();
  }
}
