package dev.slipway.model.attribute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.Delimited;
import dev.slipway.model.Digits;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Secret;
import dev.slipway.model.Uuids;
import dev.slipway.model.account.AccessKey;
import dev.slipway.model.attribute.JsonType.Field;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text field takes more than linear time, whatever its megabyte is made of. */
@Timeout(300)
class LongTextTest {

  private static final int MEGABYTE = 1024 * 1024;
  private static final Duration MOST_FOR_ONE = Duration.ofSeconds(2);

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "a", " ", "-", ".", "_", "@", "=", "$", ",", "%", "\\", ":", "a/", "0-"})
  void everyAttributeAnswersAMegabyteAtOnce(String piece) {
    var text = piece.repeat(MEGABYTE / piece.length());
    for (var attribute : Attributes.all()) {
      for (var json : valuesWith(attribute.kind().type(), text)) {
        long before = cpuNanoseconds();
        try {
          attribute.kind().read(attribute.name(), json);
        } catch (InvalidInput refused) {
          assertThat(refused.field()).startsWith(attribute.name());
        }
        assertThat(Duration.ofNanos(cpuNanoseconds() - before))
            .as("%s of '%s'", attribute, piece)
            .isLessThan(MOST_FOR_ONE);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/", "a", " ", "-", ".", "_", "@", "=", "$", ",", "%", "\\", ":", "a/", "a-"})
  void aNameThatIsJustShortEnoughIsMatchedAtOnce(String piece) {
    var text = piece.repeat(510 / piece.length()) + "!";
    long before = cpuNanoseconds();
    for (var attribute : Attributes.all()) {
      for (var json : valuesWith(attribute.kind().type(), text)) {
        try {
          attribute.kind().read(attribute.name(), json);
        } catch (InvalidInput refused) {
          assertThat(refused.field()).startsWith(attribute.name());
        }
      }
    }
    assertThat(Duration.ofNanos(cpuNanoseconds() - before)).isLessThan(MOST_FOR_ONE);
  }

  /** What this thread has computed, however busy the machine is. */
  private static long cpuNanoseconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** The text itself, and every object of the type with the text in one of its fields. */
  private static List<Object> valuesWith(JsonType type, String text) {
    return switch (type) {
      case JsonType.ListOf(var element) ->
          Stream.concat(Stream.of(text), valuesWith(element, text).stream().<Object>map(List::of))
              .toList();
      case JsonType.TextByName() -> List.of(Map.of(text, "x"), Map.of("x", text));
      case JsonType.Fields(_, var fields) -> objectsWith(fields, text);
      default -> List.of(text);
    };
  }

  private static List<Object> objectsWith(List<Field> fields, String text) {
    var objects = new ArrayList<Object>();
    objects.add(text);
    for (var bad : fields) {
      var object = new LinkedHashMap<String, @Nullable Object>();
      fields.forEach(field -> object.put(field.name(), field == bad ? text : good(field.type())));
      objects.add(object);
    }
    return objects;
  }

  private static Object good(JsonType type) {
    return switch (type) {
      case JsonType.Whole(var least, _) -> least;
      case JsonType.Flag() -> true;
      case JsonType.OneOf(var names) -> names.getFirst();
      default -> "/x";
    };
  }

  @Test
  void partsUuidsAndNumbersAreFoundAtOnce() {
    for (var piece : List.of("/", "a", ".", "0", "/a")) {
      var text = piece.repeat(MEGABYTE / piece.length());
      long before = cpuNanoseconds();
      assertThat(Delimited.split(text, '/')).isNotEmpty();
      assertThat(Delimited.last(text, '/').length()).isLessThanOrEqualTo(MEGABYTE);
      assertThat(Delimited.before(text, '.').length()).isLessThanOrEqualTo(MEGABYTE);
      assertThat(Uuids.isUuid(text)).isFalse();
      assertThat(AccessKey.hasForm(new Secret(text))).isFalse();
      assertThat(Digits.isNumber(text, 18)).isFalse();
      assertThat(ImageName.serviceName(text)).hasSizeLessThanOrEqualTo(63);
      assertThat(Duration.ofNanos(cpuNanoseconds() - before)).isLessThan(MOST_FOR_ONE);
    }
  }

  @Test
  void partsAreThoseBetweenDelimiters() {
    assertThat(Delimited.split("a:b::", ':')).containsExactly("a", "b", "", "");
    assertThat(Delimited.split("", ':')).containsExactly("");
    assertThat(Delimited.split("a=b=c", '=', 2)).containsExactly("a", "b=c");
    assertThat(Delimited.last("/a/b//", '/')).isEqualTo("b");
    assertThat(Delimited.last("//", '/')).isEmpty();
    assertThat(Delimited.last("b", '/')).isEqualTo("b");
    assertThat(Delimited.before("a.b.c", '.')).isEqualTo("a");
  }
}
