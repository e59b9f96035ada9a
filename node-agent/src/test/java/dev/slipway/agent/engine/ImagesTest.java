package dev.slipway.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.agent.engine.Images.Start;
import dev.slipway.model.Secret;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.registry.RegistryLogin;
import dev.slipway.model.registry.RegistryScope;
import dev.slipway.model.service.ServiceId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ImagesTest {

  private final AtomicLong second = new AtomicLong();
  private final List<String> pulled = new ArrayList<>();
  private final List<@Nullable RegistryLogin> logins = new ArrayList<>();
  private final AtomicInteger version = new AtomicInteger();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger starts = new AtomicInteger();
  private Duration patience = Duration.ZERO;
  private boolean isHere = true;
  private boolean registryAnswers = true;

  private int connection;

  private final FakeEngine engine =
      new FakeEngine() {
        @Override
        public int connection() {
          return connection;
        }

        @Override
        public Optional<Image> image(String name) {
          return isHere
              ? super.image(name).map(i -> new Image("v" + version, i.facts(), i.volumes()))
              : Optional.empty();
        }

        @Override
        public void pull(String name, @Nullable RegistryLogin login, Duration toFirstAnswer) {
          asked.incrementAndGet();
          logins.add(login);
          patience = toFirstAnswer;
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

  private Start another() {
    return new Start(new ServiceId("a"), starts.incrementAndGet(), null);
  }

  private Instant now() {
    return Instant.ofEpochSecond(second.incrementAndGet());
  }

  @Test
  void arePulledOnceForWhatIsWantedTogether() {
    var images = images(PullPolicy.ALWAYS);
    var together = now();
    for (int i = 0; i < 3; i++) {
      assertThat(images.get("web:1", null, another(), together).id()).isEqualTo("v1");
    }
    assertThat(pulled).containsExactly("web:1");
  }

  @Test
  void arePulledAgainForWhatIsWantedLater() {
    var images = images(PullPolicy.ALWAYS);
    assertThat(images.get("web:1", null, another(), now()).id()).isEqualTo("v1");
    assertThat(images.get("web:1", null, another(), now()).id()).isEqualTo("v2");
    assertThat(images.get("db:1", null, another(), now()).id()).isEqualTo("v3");
    assertThat(pulled).containsExactly("web:1", "web:1", "db:1");
  }

  @Test
  void thatAreHereDoWithoutARegistryAndSaySo() {
    registryAnswers = false;
    var image = images(PullPolicy.ALWAYS).get("web:1", null, another(), now());
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
      assertThatThrownBy(() -> images.get("web:1", null, another(), now()))
          .isInstanceOf(EngineRefused.class)
          .hasMessage("no registry");
    }
    registryAnswers = true;
    assertThat(images.get("web:1", null, another(), now()).facts().notPulled()).isNull();
  }

  @Test
  void arePulledOnlyIfMissingWhenSoTold() {
    var images = images(PullPolicy.MISSING);
    assertThat(images.get("web:1", null, another(), now()).id()).isEqualTo("v0");
    isHere = false;
    assertThat(images.get("web:1", null, another(), now()).id()).isEqualTo("v1");
    assertThat(pulled).hasSize(1);
  }

  @Test
  void areNeverPulledWhenSoTold() {
    var images = images(PullPolicy.NEVER);
    assertThat(images.get("web:1", null, another(), now()).facts().notPulled()).isNull();
    isHere = false;
    assertThatThrownBy(() -> images.get("web:1", null, another(), now()))
        .isInstanceOf(EngineRefused.class)
        .hasMessageContaining("web:1");
    assertThat(pulled).isEmpty();
  }

  @Test
  void aRegistryThatIsAwayIsAskedOnceForAStart() {
    registryAnswers = false;
    var images = images(PullPolicy.ALWAYS);
    var start = another();
    for (int i = 0; i < 10; i++) {
      assertThat(images.get("web:1", null, start, now()).facts().notPulled())
          .isEqualTo("no registry");
    }
    assertThat(asked).hasValue(1);
    assertThat(patience).isPositive().isLessThan(Duration.ofSeconds(3));
    assertThat(images.get("web:1", null, another(), now()).id()).isEqualTo("v0");
    assertThat(asked).hasValue(2);
  }

  @Test
  void aRegistryThatIsAwayIsAskedOnceForAStartWithoutTheImageToo() {
    registryAnswers = false;
    isHere = false;
    var images = images(PullPolicy.ALWAYS);
    var start = another();
    for (int i = 0; i < 10; i++) {
      assertThatThrownBy(() -> images.get("web:1", null, start, now())).hasMessage("no registry");
    }
    assertThat(asked).hasValue(1);
    assertThat(patience).isZero();
  }

  @Test
  void aRegistryIsAskedAgainOnANewConnectionToTheEngine() {
    registryAnswers = false;
    var images = images(PullPolicy.ALWAYS);
    var start = another();
    assertThat(images.get("web:1", null, start, now()).facts().notPulled())
        .isEqualTo("no registry");
    registryAnswers = true;
    connection++;
    assertThat(images.get("web:1", null, start, now()).facts().notPulled()).isNull();
  }

  @Test
  void aRegistryIsAskedAgainForTheSameStartAfterAWhile() {
    registryAnswers = false;
    var images = images(PullPolicy.ALWAYS);
    var start = another();
    assertThat(images.get("web:1", null, start, now()).facts().notPulled()).isNotNull();
    registryAnswers = true;
    second.addAndGet(60);
    assertThat(images.get("web:1", null, start, now()).facts().notPulled()).isNull();
  }

  @Test
  void areAskedForAgainWithAnotherLogin() {
    registryAnswers = false;
    isHere = false;
    var images = images(PullPolicy.ALWAYS);
    var start = another();
    var scope = RegistryScope.repository("name", "web");
    assertThatThrownBy(() -> images.get("web:1", null, start, now())).hasMessage("no registry");
    registryAnswers = true;
    var login = new RegistryLogin(scope, "me", new Secret("right"));
    assertThat(images.get("web:1", login, start, now()).facts().notPulled()).isNull();
    assertThat(logins).containsExactly(null, login);
  }

  @Test
  void arePulledOnceForAnOperationHoweverLateItsContainersAreAssigned() {
    var images = images(PullPolicy.ALWAYS);
    var first = new Start(new ServiceId("a"), 0, new ActionId("one"));
    for (int i = 0; i < 5; i++) {
      assertThat(images.get("web:1", null, first, now()).id()).isEqualTo("v1");
      second.addAndGet(30);
    }
    assertThat(pulled).containsExactly("web:1");
    var next = new Start(new ServiceId("a"), 0, new ActionId("two"));
    assertThat(images.get("web:1", null, next, now()).id()).isEqualTo("v2");
  }

  @Test
  void aRegistryThatWasAwayIsAskedAgainInTheSameOperation() {
    registryAnswers = false;
    var images = images(PullPolicy.ALWAYS);
    var start = new Start(new ServiceId("a"), 0, new ActionId("one"));
    assertThat(images.get("web:1", null, start, now()).facts().notPulled()).isNotNull();
    registryAnswers = true;
    second.addAndGet(61);
    assertThat(images.get("web:1", null, start, now()).facts().notPulled()).isNull();
  }
}
