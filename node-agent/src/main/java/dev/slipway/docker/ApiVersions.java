package dev.slipway.docker;

import java.util.Optional;

/** A range of API versions, both ends included. */
public record ApiVersions(ApiVersion oldest, ApiVersion newest) {

  /** The versions that Slipway is tested with: Engine 20.10 to Engine 28.5. */
  public static final ApiVersions SUPPORTED =
      new ApiVersions(new ApiVersion(1, 41), new ApiVersion(1, 51));

  /** The highest version in both ranges; empty if they do not overlap. */
  Optional<ApiVersion> highestCommon(ApiVersions other) {
    var low = oldest.compareTo(other.oldest) > 0 ? oldest : other.oldest;
    var high = newest.compareTo(other.newest) < 0 ? newest : other.newest;
    return high.compareTo(low) < 0 ? Optional.empty() : Optional.of(high);
  }

  @Override
  public String toString() {
    return oldest.equals(newest) ? oldest.toString() : oldest + " to " + newest;
  }
}
