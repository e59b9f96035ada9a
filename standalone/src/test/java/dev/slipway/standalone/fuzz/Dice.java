package dev.slipway.standalone.fuzz;

import java.util.List;
import java.util.Random;

/** Random choices that a seed repeats. */
final class Dice {

  private final Random random;

  Dice(long seed) {
    this.random = new Random(seed);
  }

  /** A number from 0 to one less than the bound. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(int percent) {
    return random.nextInt(100) < percent;
  }

  <T> T one(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}
