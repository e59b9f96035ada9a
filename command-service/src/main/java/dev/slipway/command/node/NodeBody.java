package dev.slipway.command.node;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.Attributes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a client may set of a node. */
final class NodeBody {

  private static final int LONGEST_NAME = 255;

  private NodeBody() {}

  /** Empty if the node is to be called as its agent calls it, null if nothing is said of it. */
  static @Nullable String nickname(Map<String, @Nullable Object> json) {
    if (!json.containsKey("nickname")) {
      return null;
    }
    return switch (json.get("nickname")) {
      case null -> "";
      case String text when text.length() <= LONGEST_NAME -> text.strip();
      default ->
          throw new InvalidInput("nickname", "must be a text of at most 255 characters, or null");
    };
  }

  /** Null if nothing is said of them. */
  static @Nullable List<String> tags(Map<String, @Nullable Object> json) {
    if (!json.containsKey("tags")) {
      return null;
    }
    var tags = json.get("tags");
    return tags == null ? List.of() : Attributes.TAGS.kind().read("tags", tags);
  }

  /** Clients write True and False too. */
  static boolean flag(String name, @Nullable String value) {
    if (value == null) {
      return false;
    }
    return switch (value.toLowerCase(java.util.Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidInput(name, "must be true or false");
    };
  }
}
