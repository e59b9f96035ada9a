package dev.slipway.query.paging;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.regex;

import com.google.re2j.Pattern;
import com.mongodb.client.MongoCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.bson.Document;
import org.bson.conversions.Bson;

/** One page of documents, and how many there are in all. */
public record PagedQuery(long total, List<Document> documents) {

  private static final Pattern UUID_START = Pattern.compile("[0-9a-f-]*");

  /**
   * @param order ends in {@code _id}, so that pages neither miss nor repeat a document
   */
  public static PagedQuery run(
      MongoCollection<Document> documents, Bson filter, Bson order, ListQuery query) {
    var page =
        documents
            .find(filter)
            .sort(order)
            .skip(query.offset())
            .limit(query.limit())
            .into(new ArrayList<>());
    boolean whole = query.offset() == 0 && page.size() < query.limit();
    return new PagedQuery(whole ? page.size() : documents.countDocuments(filter), page);
  }

  /** Ids that begin with the text; none does if no uuid can. */
  public static Bson idStartsWith(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    return UUID_START.matcher(lower).matches() ? regex("_id", "^" + lower) : eq("_id", "");
  }
}
