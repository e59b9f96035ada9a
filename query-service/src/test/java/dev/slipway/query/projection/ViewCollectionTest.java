package dev.slipway.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.mongodb.client.MongoDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bson.Document;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ViewCollectionTest {

  static Stream<MongoDatabase> databases() {
    return Stores.fresh();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void dropsItsOlderFormsAndNothingElse(MongoDatabase database) {
    var own = ViewCollection.stored("services");
    for (var name : List.of("services", "offsets_1", own, "services_99999", "servicesx", "a_1")) {
      database.getCollection(name).insertOne(new Document("_id", "1"));
    }
    ViewCollection.dropOlder(database);
    assertThat(database.listCollectionNames().into(new ArrayList<>()))
        .containsExactlyInAnyOrder(own, "services_99999", "servicesx", "a_1");
    database.drop();
  }

  @ParameterizedTest
  @MethodSource("databases")
  void hasNoNameUnderWhichItsOlderFormsWouldStay(MongoDatabase database) {
    assertThatThrownBy(() -> new ViewCollection(database, "forgotten"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("forgotten would never be dropped");
  }
}
