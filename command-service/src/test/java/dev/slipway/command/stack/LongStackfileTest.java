package dev.slipway.command.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.service.ServiceDefinition;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults 2 and 33: no key of a stackfile takes more than linear time, whatever it is made of. */
@Timeout(120)
class LongStackfileTest {

  /** A body has no longer text, and no list or object with more entries. */
  private static final int LENGTH = 64 * 1024;

  private static final int ENTRIES = 1_000;
  private static final Duration MOST = Duration.ofSeconds(1);

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "a", " ", "-", ".", "_", "@", "=", "$", ",", "%", "\\", ":", "0-", "80:"})
  void everyKeyAnswersTheLongestTextAtOnce(String piece) {
    var text = piece.repeat(LENGTH / piece.length());
    for (var key : Stackfile.fields()) {
      for (var value :
          List.<Object>of(
              text,
              List.of(text),
              Map.of(text, "x"),
              Map.of("x", text),
              List.of(Map.of("target", text, "source", text)))) {
        read(key, value, piece);
      }
    }
  }

  /** As many short entries as a body has room for. */
  @ParameterizedTest
  @ValueSource(strings = {"80:80", "a:b", "a=b", "/a:/b", "1000-1999:2000-2999", "x"})
  void everyKeyAnswersTheLongestListAtOnce(String entry) {
    var entries = Collections.nCopies(ENTRIES, (Object) entry);
    for (var key : Stackfile.fields()) {
      read(key, entries, entry);
    }
  }

  private static void read(String key, Object value, String piece) {
    long before = cpuNanoseconds();
    try {
      var service = new HashMap<String, Object>(Map.of("image", "demo/hello", "name", "a"));
      service.put(key, value);
      var reading = Stackfile.read(service);
      var _ = ServiceDefinition.read(StackfileTest.REFERENCES.resolve(reading.api()));
    } catch (InvalidInput refused) {
      assertThat(String.valueOf(refused.getMessage()).length())
          .as("the answer to %s of '%s' does not repeat it all", key, piece)
          .isLessThan(2_100);
    }
    assertThat(Duration.ofNanos(cpuNanoseconds() - before))
        .as("%s of '%s'", key, piece)
        .isLessThan(MOST);
  }

  private static long cpuNanoseconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
