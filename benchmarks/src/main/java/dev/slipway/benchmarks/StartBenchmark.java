package dev.slipway.benchmarks;

import dev.slipway.agent.engine.PullPolicy;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How long an agent takes to bring containers up, beside the Engine's own calls for the same: in
 * turns, so that whatever slows the machine down slows both. Arguments: how many rounds, and the
 * numbers of containers; the system property {@code slipway.pull} says what it says to an agent.
 */
public final class StartBenchmark {

  private static final PullPolicy PULL =
      PullPolicy.valueOf(System.getProperty("slipway.pull", "missing").toUpperCase(Locale.ROOT));

  private StartBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
    var sizes =
        arguments.length > 1
            ? Arrays.stream(arguments).skip(1).mapToInt(Integer::parseInt).toArray()
            : new int[] {1, 10, 50};
    try (var raw = new RawEngine();
        var agent = new AgentAlone(Files.createTempDirectory("start-benchmark"), PULL)) {
      raw.up(4);
      agent.up(4);
      for (int size : sizes) {
        compare(raw, agent, size, rounds);
      }
    }
  }

  private static void compare(RawEngine raw, AgentAlone agent, int size, int rounds)
      throws Exception {
    var raws = new ArrayList<Double>();
    var agents = new ArrayList<Double>();
    var ratios = new ArrayList<Double>();
    for (int round = 0; round < rounds; round++) {
      boolean rawFirst = round % 2 == 0;
      double first = rawFirst ? raw.up(size) : agent.up(size);
      double second = rawFirst ? agent.up(size) : raw.up(size);
      raws.add(rawFirst ? first : second);
      agents.add(rawFirst ? second : first);
      ratios.add(agents.getLast() / raws.getLast());
    }
    System.out.printf(
        Locale.ROOT,
        "%d containers: raw %.0f ms, agent %.0f ms, ratio of medians %.2f,"
            + " median of ratios %.2f (%.2f to %.2f)%n",
        size,
        median(raws),
        median(agents),
        median(agents) / median(raws),
        median(ratios),
        ratios.stream().min(Double::compare).orElseThrow(),
        ratios.stream().max(Double::compare).orElseThrow());
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
