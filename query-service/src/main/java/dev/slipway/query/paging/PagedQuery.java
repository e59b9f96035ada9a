package dev.slipway.query.paging;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.regex;

import com.google.re2j.Pattern;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.jspecify.annotations.Nullable;

/**
 * One page of documents, and how many there are in all.
 *
 * @param next where the next page begins, null if that is not known
 * @param more whether there is a next page
 */
public record PagedQuery(
    long total, List<Document> documents, @Nullable Cursor next, boolean more) {

  private static final int UUID_LENGTH = 36;
  private static final Pattern UUID_START = Pattern.compile("[0-9a-f-]*");

  /** A page by its offset, of things that are all at hand. */
  public static PagedQuery at(ListQuery query, int total) {
    boolean more = (long) query.offset() + query.limit() < total;
    return new PagedQuery(total, List.of(), null, more);
  }

  /**
   * From the query's cursor on, or from its offset if it has none.
   *
   * @param order ends in {@code _id}, so that pages neither miss nor repeat a document
   */
  public static PagedQuery run(
      MongoCollection<Document> documents, Bson filter, Bson order, ListQuery query) {
    var cursor = query.cursor() == null ? null : Cursor.parse(query.cursor());
    var found =
        documents
            .find(cursor == null ? filter : and(filter, cursor.after(order)))
            .sort(order)
            .skip(cursor == null ? query.offset() : 0)
            .limit(query.limit() + 1)
            .into(new ArrayList<>());
    boolean more = found.size() > query.limit();
    var page = more ? found.subList(0, query.limit()) : found;
    boolean whole = cursor == null && query.offset() == 0 && !more;
    return new PagedQuery(
        whole ? page.size() : documents.countDocuments(filter),
        List.copyOf(page),
        more ? Cursor.of(page.getLast(), order) : null,
        more);
  }

  /** Ids that begin with the text; none does if no uuid can. */
  public static Bson idStartsWith(String text) {
    if (text.length() > UUID_LENGTH) {
      return eq("_id", "");
    }
    var lower = text.toLowerCase(Locale.ROOT);
    return UUID_START.matcher(lower).matches() ? regex("_id", "^" + lower) : eq("_id", "");
  }
}
