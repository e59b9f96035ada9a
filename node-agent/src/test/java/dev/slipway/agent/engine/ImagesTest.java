package dev.slipway.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImagesTest {

  private final AtomicLong second = new AtomicLong();
  private final List<String> pulled = new ArrayList<>();
  private final AtomicInteger version = new AtomicInteger();
  private boolean isHere = true;
  private boolean registryAnswers = true;

  private final FakeEngine engine =
      new FakeEngine() {
        @Override
        public Optional<Image> image(String name) {
          return isHere
              ? super.image(name).map(i -> new Image("v" + version, i.facts(), i.volumes()))
              : Optional.empty();
        }

        @Override
        public void pull(String name) {
          if (!registryAnswers) {
            throw new EngineRefused("no registry");
          }
          pulled.add(name);
          version.incrementAndGet();
          isHere = true;
        }
      };

  private Images images(PullPolicy policy) {
    return new Images(engine, policy, this::now);
  }

  private Instant now() {
    return Instant.ofEpochSecond(second.incrementAndGet());
  }

  @Test
  void arePulledOnceForWhatIsWantedTogether() {
    var images = images(PullPolicy.ALWAYS);
    var together = now();
    for (int i = 0; i < 3; i++) {
      assertThat(images.get("web:1", together).id()).isEqualTo("v1");
    }
    assertThat(pulled).containsExactly("web:1");
  }

  @Test
  void arePulledAgainForWhatIsWantedLater() {
    var images = images(PullPolicy.ALWAYS);
    assertThat(images.get("web:1", now()).id()).isEqualTo("v1");
    assertThat(images.get("web:1", now()).id()).isEqualTo("v2");
    assertThat(images.get("db:1", now()).id()).isEqualTo("v3");
    assertThat(pulled).containsExactly("web:1", "web:1", "db:1");
  }

  @Test
  void thatAreHereDoWithoutARegistryAndSaySo() {
    registryAnswers = false;
    var image = images(PullPolicy.ALWAYS).get("web:1", now());
    assertThat(image.facts().notPulled()).isEqualTo("no registry");
  }

  @ParameterizedTest
  @EnumSource(
      value = PullPolicy.class,
      names = {"ALWAYS", "MISSING"})
  void thatAreNotHereCannotDoWithoutOne(PullPolicy policy) {
    registryAnswers = false;
    isHere = false;
    var images = images(policy);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> images.get("web:1", now()))
          .isInstanceOf(EngineRefused.class)
          .hasMessage("no registry");
    }
    registryAnswers = true;
    assertThat(images.get("web:1", now()).facts().notPulled()).isNull();
  }

  @Test
  void arePulledOnlyIfMissingWhenSoTold() {
    var images = images(PullPolicy.MISSING);
    assertThat(images.get("web:1", now()).id()).isEqualTo("v0");
    isHere = false;
    assertThat(images.get("web:1", now()).id()).isEqualTo("v1");
    assertThat(pulled).hasSize(1);
  }

  @Test
  void areNeverPulledWhenSoTold() {
    var images = images(PullPolicy.NEVER);
    assertThat(images.get("web:1", now()).facts().notPulled()).isNull();
    isHere = false;
    assertThatThrownBy(() -> images.get("web:1", now()))
        .isInstanceOf(EngineRefused.class)
        .hasMessageContaining("web:1");
    assertThat(pulled).isEmpty();
  }
}
