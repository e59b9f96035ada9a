package dev.slipway.query.logs;

import com.google.re2j.Pattern;
import dev.slipway.model.Delimited;
import dev.slipway.model.InvalidInput;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far a reader has come. Among the last lines, which are given in the order of time, that is a
 * place in that order; later lines are given as they arrive.
 *
 * @param arrived what was there when the last lines were read, and what was given since
 * @param place of the line given last, null if all that had arrived has been given
 * @param topic a short mark of the topic in which arrivals are numbered, null if it is not known
 */
record LogPosition(Arrived arrived, @Nullable Place place, @Nullable String topic) {

  /** Enough for a thousand partitions. */
  private static final int LONGEST = 32 * 1024;

  private static final String RULE = "must be a position that a stream gave, or a moment";

  private static final Pattern FORM =
      Pattern.compile(
          "l(\\d{1,9}-\\d{1,18}(?:\\.\\d{1,9}-\\d{1,18})*)?(?:~(\\d{1,19})~([0-9a-f|-]{1,80}))?"
              + "(?:~~([0-9a-f]{1,8}))?");

  /** A line's place in the order of time: its nanoseconds since 1970, and its id. */
  record Place(long time, String id) implements Comparable<Place> {

    static Place of(KeptLine line) {
      return new Place(line.time(), LogDocument.id(line.line()));
    }

    @Override
    public int compareTo(Place other) {
      return time == other.time ? id.compareTo(other.id) : Long.compare(time, other.time);
    }
  }

  /** Whether a text claims to be one; a moment never does. */
  static boolean isMeant(String text) {
    return text.startsWith("l");
  }

  /**
   * @throws InvalidInput if it is no position that a stream has given
   */
  static LogPosition parse(String field, String text) {
    if (text.length() > LONGEST) {
      throw new InvalidInput(field, RULE);
    }
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new InvalidInput(field, RULE);
    }
    var last = new TreeMap<Integer, Long>();
    if (form.group(1) != null) {
      for (var part : Delimited.split(form.group(1), '.')) {
        int dash = part.indexOf('-');
        last.put(Integer.valueOf(part.substring(0, dash)), Long.valueOf(part.substring(dash + 1)));
      }
    }
    try {
      var place =
          form.group(2) == null ? null : new Place(Long.parseLong(form.group(2)), form.group(3));
      return new LogPosition(new Arrived(last), place, form.group(4));
    } catch (NumberFormatException tooLong) {
      throw new InvalidInput(field, RULE);
    }
  }

  @Override
  public String toString() {
    var text =
        arrived.last().entrySet().stream()
            .filter(part -> part.getValue() >= 0)
            .map(part -> part.getKey() + "-" + part.getValue())
            .collect(Collectors.joining(".", "l", ""));
    var placed = place == null ? text : "%s~%d~%s".formatted(text, place.time, place.id);
    return topic == null ? placed : placed + "~~" + topic;
  }
}
