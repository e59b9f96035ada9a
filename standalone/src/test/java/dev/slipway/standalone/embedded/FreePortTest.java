package dev.slipway.standalone.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class FreePortTest {

  /** The lowest that Linux and others give to clients. */
  private static final int OF_CLIENTS = 32_768;

  @RepeatedTest(20)
  void isNoneThatAClientMayGetMeanwhile() {
    assertThat(FreePort.find()).isBetween(1_024, OF_CLIENTS - 1);
  }

  @Test
  void isTheWantedOneIfThereIsOne() {
    assertThat(FreePort.orGiven(4_711)).isEqualTo(4_711);
  }
}
