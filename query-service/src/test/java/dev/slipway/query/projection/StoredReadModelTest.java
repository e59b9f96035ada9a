package dev.slipway.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.api.ReadModel;
import dev.slipway.model.api.ReadModel.View;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.bson.Document;
import org.junit.jupiter.api.Test;

/** What another instance applies: nothing is seen in this process but what is stored. */
class StoredReadModelTest {

  final ViewCollection services = new ViewCollection(Stores.standIn(), "services");
  final AppliedVersions applied = new AppliedVersions();
  final ReadModel readModel =
      new StoredReadModel(
          applied, Map.of(View.SERVICE, services), new Projections(List.of(), true));

  static List<ReadModel.Applied> web(long version) {
    return List.of(new ReadModel.Applied(View.SERVICE, "web", version));
  }

  @Test
  void seesWhatIsStored() {
    services.replaceOlder(List.of(new Document("_id", "web").append("version", 4L)));
    assertThat(readModel.awaitApplied(web(4), Duration.ofSeconds(5))).isTrue();
    assertThat(readModel.awaitApplied(web(5), Duration.ofMillis(20))).isFalse();
    assertThat(applied.waiters()).isZero();
  }

  @Test
  void waitsForWhatIsStoredMeanwhile() {
    var later =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (applied.waiters() == 0) {
                    Thread.onSpinWait();
                  }
                  services.replaceOlder(List.of(new Document("_id", "web").append("version", 9L)));
                });
    assertThat(readModel.awaitApplied(web(9), Duration.ofSeconds(5))).isTrue();
    assertThat(later).isNotNull();
  }

  @Test
  void neverPutsAnOlderDocumentInThePlaceOfANewerOne() {
    services.replaceOlder(List.of(new Document("_id", "web").append("version", 4L)));
    services.replaceOlder(List.of(new Document("_id", "web").append("version", 3L)));
    services.replaceOlder(List.of(new Document("_id", "web").append("version", 4L)));
    assertThat(services.version("web")).isEqualTo(4);
    assertThat(services.version("db")).isEqualTo(-1);
  }
}
