package dev.slipway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WorkloadsTest {

  @Test
  void takeLongerWithMoreRoundsAndMoreServices() {
    long usual = Workloads.minutes(List.of("growth"), 5, false, false);

    assertThat(Workloads.minutes(List.of("growth"), 10, false, false)).isGreaterThan(usual);
    assertThat(Workloads.minutes(List.of("growth"), 5, false, true)).isGreaterThan(usual);
    assertThat(Workloads.minutes(List.of("growth"), 5, true, false)).isLessThan(usual);
    assertThat(Workloads.minutes(List.of("growth", "starts"), 5, false, false))
        .isGreaterThan(usual);
  }
}
