package dev.slipway.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.slipway.agent.Samples;
import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.service.ServiceId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VolumesTest {

  private static final Map<String, Object> DATA = Map.of("container_path", "/data");

  private final RealEngine real = RealEngine.ofThisMachine();
  private final ServiceId db = new ServiceId(Uuids.random());
  private final ServiceId web = new ServiceId(Uuids.random());

  @AfterEach
  void removeAll() throws Exception {
    real.close();
  }

  private Assignment container(ServiceId service, int slot, int generation, Object... attributes) {
    return Samples.generation(
        real.node, service, slot, generation, Wanted.RUNNING, generation, attributes);
  }

  private void remove(Assignment assignment) {
    real.engine.remove(real.found(assignment).engineId());
  }

  private String read(Assignment assignment) throws InterruptedException {
    return real.output(assignment, "cat", "/data/kept");
  }

  private void write(Assignment assignment, String text) throws InterruptedException {
    assertThat(real.output(assignment, "sh", "-c", "echo " + text + " > /data/kept")).isEmpty();
  }

  @Test
  void areFoundAgainByWhatFollowsInTheSlotAndByNobodyElse() throws Exception {
    var first = container(db, 1, 1, "bindings", List.of(DATA));
    real.start(first);
    write(first, "one");
    remove(first);
    var second = container(db, 1, 2, "bindings", List.of(DATA));
    var beside = container(db, 2, 1, "bindings", List.of(DATA));
    real.start(second);
    real.start(beside);
    assertThat(read(second)).isEqualTo("one");
    assertThat(read(beside)).contains("No such file");
  }

  @Test
  void ofBeforeAreNotFoundByWhatBeginsWithEmptyOnes() throws Exception {
    var first = container(db, 1, 1, "bindings", List.of(DATA));
    var second = Samples.renewed(container(db, 1, 2, "bindings", List.of(DATA)));
    real.start(first);
    write(first, "one");
    real.start(second);
    assertThat(read(second)).contains("No such file");
    write(second, "two");
    remove(first);
    assertThat(real.engine.eraseVolumes(first)).isTrue();
    assertThat(real.volumes()).singleElement().asString().endsWith(".2");
    assertThat(read(second)).isEqualTo("two");
  }

  @Test
  void goWhenTheContainerIsErasedButNotWithOneThatIsYetToCome() throws Exception {
    var first = container(db, 1, 1, "bindings", List.of(DATA));
    var beside = container(db, 2, 1, "bindings", List.of(DATA));
    real.start(first);
    real.start(beside);
    remove(first);
    assertThat(real.engine.eraseVolumes(first)).isTrue();
    assertThat(real.engine.eraseVolumes(first)).isTrue();
    assertThat(real.volumes()).hasSize(1);
    var second = container(db, 1, 2, "bindings", List.of(DATA));
    real.start(second);
    remove(second);
    assertThat(real.engine.eraseVolumes(first)).isTrue();
    assertThat(real.volumes()).as("an order of before comes late").hasSize(2);
  }

  @Test
  void stayWhileAnotherContainerUsesThem() throws Exception {
    var first = container(db, 1, 1, "bindings", List.of(DATA));
    real.start(first);
    assertThat(real.engine.eraseVolumes(first)).isFalse();
    assertThat(real.volumes()).hasSize(1);
  }

  @Test
  void ofASlotThatHasLeftGoWithItsLastContainerLongAfterIt() throws Exception {
    var first = container(db, 1, 1, "bindings", List.of(DATA));
    real.start(first);
    remove(first);
    var second = Samples.renewed(container(db, 1, 2, "bindings", List.of(DATA)));
    real.start(second);
    remove(second);
    assertThat(real.volumes()).hasSize(2);
    var asItIsNow = container(db, 1, 2);
    assertThat(real.engine.eraseVolumes(asItIsNow)).isTrue();
    assertThat(real.volumes()).isEmpty();
  }

  @Test
  void canBeReadOnly() throws Exception {
    var first =
        container(
            db, 1, 1, "bindings", List.of(Map.of("container_path", "/data", "rewritable", false)));
    real.start(first);
    assertThat(real.output(first, "sh", "-c", "echo x > /data/kept")).contains("Read-only");
  }

  @Test
  void ofTheImageAreKeptLikeThoseOfTheService(@TempDir Path folder) throws Exception {
    var image = real.build(folder, "ENV HOME_OF_DATA=/data", "VOLUME /data", "VOLUME /outer");
    var bindings = List.of(Map.of("container_path", "/outer/", "host_path", "/tmp"));
    var first = container(db, 1, 1, "image", image, "bindings", bindings);
    real.start(first);
    write(first, "one");
    assertThat(real.volumes()).hasSize(1);
    remove(first);
    var second = container(db, 1, 2, "image", image, "bindings", bindings);
    real.start(second);
    assertThat(read(second)).isEqualTo("one");
  }

  @Test
  void ofAnotherServiceAreThoseOfTheSameSlot() throws Exception {
    for (int slot = 1; slot <= 2; slot++) {
      var source = container(db, slot, 1, "bindings", List.of(DATA));
      real.start(source);
      write(source, "of-" + slot);
    }
    Object shared = List.of(Map.of("volumes_from", db.value(), "rewritable", false));
    for (int slot = 1; slot <= 3; slot++) {
      var sharing = container(web, slot, 1, "bindings", shared);
      real.start(sharing);
      assertThat(read(sharing)).isEqualTo(slot == 2 ? "of-2" : "of-1");
      assertThat(real.output(sharing, "sh", "-c", "echo x > /data/kept")).contains("Read-only");
    }
    assertThat(real.volumes()).hasSize(2);
  }

  @Test
  void ofAServiceThatIsNotHereCannotBeHad() {
    var sharing = container(web, 1, 1, "bindings", List.of(Map.of("volumes_from", db.value())));
    assertThatThrownBy(() -> real.create(sharing))
        .isInstanceOf(EngineRefused.class)
        .hasMessageContaining(db.value());
  }

  @Test
  void areSeenByTheEngineAsNamed() {
    var first = container(db, 1, 1, "bindings", List.of(DATA));
    real.create(first);
    assertThat(real.inspect(first).getMounts())
        .singleElement()
        .extracting(InspectContainerResponse.Mount::getName, m -> m.getDestination().getPath())
        .containsExactly(real.volumes().getFirst(), "/data");
    assertThat(real.volumes().getFirst()).startsWith(db.value() + ".1.");
  }
}
