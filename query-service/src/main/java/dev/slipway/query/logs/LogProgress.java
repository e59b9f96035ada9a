package dev.slipway.query.logs;

import static com.mongodb.client.model.Filters.regex;

import com.mongodb.client.MongoDatabase;
import dev.slipway.model.wire.Topics;
import dev.slipway.query.projection.ViewCollection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Up to where all lines are stored. What this process stores it knows by itself; what was stored
 * before it began, or by other instances, is read from where projections keep their offsets.
 */
final class LogProgress {

  /**
   * Another one for each way in which arrivals were ever numbered: positions of before are told.
   */
  private static final String NUMBERING = "#2";

  private final ViewCollection offsets;
  private volatile Arrived own = Arrived.NOTHING;
  private volatile @Nullable Known known;

  /**
   * What is kept of it.
   *
   * @param topic a short mark of the topic in which arrivals are numbered, null as long as nothing
   *     is kept
   */
  private record Known(Arrived arrived, @Nullable String topic) {}

  LogProgress(MongoDatabase database) {
    this.offsets = new ViewCollection(database, "offsets");
  }

  /** All lines up to these are stored. Only the projection's thread calls it. */
  void stored(Map<Integer, Long> last) {
    own = own.with(last);
  }

  /**
   * @param shared whether other instances store lines too
   */
  Arrived arrived(boolean shared) {
    var before = known;
    if (before == null || shared) {
      before = read();
      known = before;
    }
    return shared ? before.arrived().and(own) : before.arrived().with(own.last());
  }

  /** It differs once the topic has been made anew; null if that can not be told yet. */
  @Nullable String topic() {
    var before = known;
    if (before == null || before.topic() == null) {
      before = read();
      known = before;
    }
    return before.topic();
  }

  private Known read() {
    var prefix = Topics.LOGS.topic() + "-";
    var last = new HashMap<Integer, Long>();
    String topic = null;
    var ofLines = regex(ViewCollection.ID, "^" + prefix.replace(".", "\\.") + "\\d+$");
    for (var document : offsets.documents().find(ofLines)) {
      var id = document.getString(ViewCollection.ID);
      int partition = Integer.parseInt(id.substring(prefix.length()));
      last.put(partition, Arrival.before(document.getLong(ViewCollection.VERSION)));
      topic = Integer.toHexString((document.getString("topicId") + NUMBERING).hashCode());
    }
    return new Known(Arrived.NOTHING.with(last), topic);
  }
}
