package dev.slipway.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyboardTest {

  private final Keyboard keyboard = new Keyboard();

  @Test
  void takesAMegabyteAheadOfTheReaderAndNoMore() {
    var piece = new byte[1 << 18];
    for (int i = 0; i < 4; i++) {
      assertThat(keyboard.type(piece)).isTrue();
    }
    assertThat(keyboard.type(new byte[1])).isFalse();
    assertThat(keyboard.read(new byte[1 << 20], 0, 1 << 20)).isEqualTo(1 << 18);
    assertThat(keyboard.type(new byte[1])).isTrue();
  }

  @Test
  void forgetsWhatNobodyWillRead() {
    assertThat(keyboard.type(new byte[1 << 20])).isTrue();
    keyboard.forget();
    assertThat(keyboard.type(new byte[] {3})).isTrue();
    assertThat(keyboard.read()).isEqualTo(3);
    keyboard.close();
    assertThat(keyboard.read()).isEqualTo(-1);
  }
}
