package dev.slipway.model.wire;

import org.jspecify.annotations.Nullable;

/**
 * A number with the text that a client wrote it in: as text, {@code 1.10} and {@code 1.1} differ.
 *
 * @see java.lang.Double#parseDouble for the texts that it takes
 */
public final class SentNumber extends Number {

  private final String text;

  public SentNumber(String text) {
    this.text = text;
  }

  @Override
  public int intValue() {
    return (int) doubleValue();
  }

  @Override
  public long longValue() {
    return (long) doubleValue();
  }

  @Override
  public float floatValue() {
    return (float) doubleValue();
  }

  @Override
  public double doubleValue() {
    return Double.parseDouble(text);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SentNumber number && number.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }
}
