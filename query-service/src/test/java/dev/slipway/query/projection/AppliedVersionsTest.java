package dev.slipway.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.api.ReadModel.View;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AppliedVersionsTest {

  final AppliedVersions applied = new AppliedVersions();

  @Test
  void endsAWaitWhenTheVersionComes() {
    var fifth = applied.arrival(View.SERVICE, "web", 5);
    applied.show(View.SERVICE, Map.of("web", 4L));
    assertThat(fifth).isNotDone();
    applied.show(View.ACTION, Map.of("web", 9L));
    assertThat(fifth).isNotDone();
    applied.show(View.SERVICE, Map.of("web", 6L));
    assertThat(fifth).isCompleted();
    assertThat(applied.waiters()).isZero();
  }

  @Test
  void knowsWhatCameBefore() {
    applied.show(View.SERVICE, Map.of("web", 6L));
    assertThat(applied.arrival(View.SERVICE, "web", 5)).isCompleted();
    assertThat(applied.arrival(View.SERVICE, "web", 7)).isNotDone();
  }

  @Test
  void forgetsWhoGaveUp() {
    var arrival = applied.arrival(View.NODE, "here", 1);
    applied.giveUp(View.NODE, "here", arrival);
    assertThat(applied.waiters()).isZero();
  }

  @Test
  void staysSmallHoweverMuchIsShown() {
    for (int i = 0; i < 50_000; i++) {
      applied.show(View.SERVICE, Map.of("service-" + i, 1L));
    }
    assertThat(applied.arrival(View.SERVICE, "service-1", 1)).isNotDone();
    assertThat(applied.arrival(View.SERVICE, "service-49999", 1)).isCompleted();
  }
}
