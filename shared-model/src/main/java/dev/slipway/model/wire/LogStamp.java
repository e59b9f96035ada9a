package dev.slipway.model.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * The place of a record in a log.
 *
 * @param installation whose log it is
 * @param epoch counts how often Kafka's copy of the log had to be made anew, because it was lost or
 *     had events that PostgreSQL does not have
 * @param term of the publisher that sent the record
 * @param position of the event that the record follows from: its number in publishing order,
 *     counted from 1 without a gap
 */
public record LogStamp(String installation, int epoch, LogTerm term, long position) {

  private static final String INSTALLATION = "slipway-installation";
  private static final String EPOCH = "slipway-epoch";
  private static final String TERM = "slipway-term";
  private static final String POSITION = "slipway-position";

  /** The headers that a stamp takes. */
  public static final Set<String> HEADERS = Set.of(INSTALLATION, EPOCH, TERM, POSITION);

  /** Adds this stamp to the headers of a record. */
  public void writeTo(Headers headers) {
    headers.add(INSTALLATION, installation.getBytes(UTF_8));
    headers.add(EPOCH, Integer.toString(epoch).getBytes(UTF_8));
    headers.add(TERM, term.text().getBytes(UTF_8));
    headers.add(POSITION, Long.toString(position).getBytes(UTF_8));
  }

  /** The stamp of a record; empty for records of writers that did not stamp. */
  public static Optional<LogStamp> read(Headers headers) {
    return of(
        value(headers, INSTALLATION),
        value(headers, EPOCH),
        value(headers, TERM),
        value(headers, POSITION));
  }

  /** The stamp whose parts these are; empty if one is missing or malformed. */
  public static Optional<LogStamp> of(
      @Nullable String installation,
      @Nullable String epoch,
      @Nullable String term,
      @Nullable String position) {
    if (installation == null || epoch == null || term == null || position == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new LogStamp(
              installation, Integer.parseInt(epoch), LogTerm.of(term), Long.parseLong(position)));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }

  private static @Nullable String value(Headers headers, String name) {
    var header = headers.lastHeader(name);
    return header == null ? null : new String(header.value(), UTF_8);
  }

  public boolean isOfSameInstallation(LogStamp other) {
    return installation.equals(other.installation);
  }

  /** Whether this was sent in an earlier term than the other, or earlier in the same. */
  public boolean isBefore(LogStamp other) {
    return term.number() == other.term.number()
        ? position < other.position
        : term.number() < other.term.number();
  }

  @Override
  public String toString() {
    return "position %d of term %s".formatted(position, term);
  }
}
