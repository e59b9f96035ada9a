package dev.slipway.model.attribute;

import com.google.re2j.Pattern;
import dev.slipway.model.Delimited;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.attribute.Kinds.Source;

/** The name of an image: always with a tag or a digest, {@code latest} if none was given. */
public final class ImageName {

  private static final Pattern FORM =
      Pattern.compile(
          "([A-Za-z0-9.-]+(:\\d+)?/)?[a-z0-9]+((\\.|__?|-+|/)[a-z0-9]+)*"
              + "(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[0-9a-f]{64})?");

  static final Kind<String> KIND =
      Kinds.kind(new JsonType.Text(FORM.pattern()), ImageName::read, name -> name);

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
    if (name.length() > 512 || !FORM.matcher(name).matches()) {
      throw new InvalidInput(field, "must be an image name such as nginx or me/app:1.0");
    }
    var last = name.substring(name.lastIndexOf('/') + 1);
    return last.contains(":") || last.contains("@") ? name : name + ":latest";
  }
}
