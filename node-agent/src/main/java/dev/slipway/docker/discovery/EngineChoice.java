package dev.slipway.docker.discovery;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The Engine to use.
 *
 * @param candidate the first one that answers; if none does, the one to wait for
 * @param rejected those that were asked before it and did not answer, each with the reason
 */
public record EngineChoice(EngineCandidate candidate, boolean answers, List<Rejected> rejected) {

  public EngineChoice {
    rejected = List.copyOf(rejected);
  }

  /** A candidate that does not answer. */
  public record Rejected(EngineCandidate candidate, String problem) {

    @Override
    public String toString() {
      return "%s: %s".formatted(candidate, problem);
    }
  }

  public EngineAddress address() {
    return candidate.address();
  }

  /** One line for the console. */
  public String description() {
    return answers
        ? candidate.toString()
        : "no Docker Engine answers at %s".formatted(rejected.getFirst());
  }

  /** The candidates that do not answer, one a line. */
  public String problems() {
    return rejected.stream().map(one -> "  " + one).collect(Collectors.joining("\n"));
  }
}
