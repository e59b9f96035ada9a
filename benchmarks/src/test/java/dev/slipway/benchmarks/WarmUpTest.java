package dev.slipway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  @Test
  void isSteadyWhenFourWindowsCostAboutTheSame() {
    assertThat(WarmUp.isSteady(List.of(14.0, 6.0, 3.2, 3.0, 3.1, 3.0))).isTrue();
  }

  @Test
  void isNotSteadyWhileTheCostFalls() {
    assertThat(WarmUp.isSteady(List.of(14.0, 6.0, 3.2, 3.1))).isFalse();
    assertThat(WarmUp.isSteady(List.of(14.0, 3.2, 3.0, 2.9, 2.8))).isFalse();
  }

  @Test
  void isNotSteadyAfterFewWindows() {
    assertThat(WarmUp.isSteady(List.of())).isFalse();
    assertThat(WarmUp.isSteady(List.of(3.0, 3.0, 3.0))).isFalse();
  }
}
