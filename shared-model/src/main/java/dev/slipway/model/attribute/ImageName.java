package dev.slipway.model.attribute;

import com.google.re2j.Pattern;
import dev.slipway.model.Delimited;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.Kinds.Source;
import java.util.Locale;

/** The name of an image: always with a tag or a digest, {@code latest} if none was given. */
public final class ImageName {

  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z0-9.-]+(:\\d+)?/)?[a-z0-9]+((\\.|__?|-+|/)[a-z0-9]+)*"
              + "(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?");

  static final Kind<String> KIND =
      Kinds.kind(new JsonType.Text(FORM.pattern()), ImageName::read, name -> name);

  private static final int LONGEST = 512;
  private static final int LONGEST_TAG = 128;
  private static final int LONGEST_SHOWN = 100;

  private ImageName() {}

  /**
   * The default name of a service of this image: its last part without registry, namespace, tag and
   * digest, made legal.
   */
  public static String serviceName(String image) {
    var last = Delimited.last(Delimited.before(image, '@'), '/');
    return ServiceName.legal(Delimited.before(last, ':'));
  }

  private static String read(String field, Object json, Source from) {
    var name = from.read(Kinds.text(), field, json).strip();
    if (from == Source.LOG) {
      return name;
    }
    if (name.length() > LONGEST || !FORM.matcher(name).matches()) {
      throw new InvalidInput(field, brokenRule(name) + " (got %s)".formatted(shortened(name)));
    }
    var last = name.substring(name.lastIndexOf('/') + 1);
    return last.contains(":") || last.contains("@") ? name : name + ":latest";
  }

  /** The rule that a text breaks which is no name of an image. */
  private static String brokenRule(String name) {
    if (name.length() > LONGEST) {
      return "must have at most %d characters".formatted(LONGEST);
    }
    if (name.contains("://")) {
      return "must have no scheme: write registry.example.com/me/app without https://";
    }
    if (name.chars().anyMatch(Character::isWhitespace)) {
      return "must have no white space";
    }
    int digest = name.indexOf('@');
    var tagged = digest < 0 ? name : name.substring(0, digest);
    int colon = tagged.indexOf(':', tagged.lastIndexOf('/') + 1);
    var path = colon < 0 ? tagged : tagged.substring(0, colon);
    if (FORM.matcher(path).matches()) {
      return colon >= 0 && !FORM.matcher(tagged).matches()
          ? brokenTagRule(tagged.substring(colon + 1))
          : "must have a digest of the form sha256: and 64 hexadecimal digits after '@'";
    }
    return FORM.matcher(path.toLowerCase(Locale.ROOT)).matches()
        ? "must be in lower case before its tag"
        : "must be an image name such as nginx or me/app:1.0";
  }

  private static String brokenTagRule(String tag) {
    if (tag.isEmpty()) {
      return "must have a tag after ':'";
    }
    return tag.length() > LONGEST_TAG
        ? "must have a tag of at most %d characters".formatted(LONGEST_TAG)
        : "must have a tag of letters, digits, '_', '.' and '-' that begins with none of the last"
            + " two";
  }

  private static String shortened(String name) {
    return name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "..." : name;
  }
}
