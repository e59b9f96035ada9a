package dev.slipway.command.api;

import dev.slipway.http.ApiFailure;
import dev.slipway.model.InvalidInput;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a client's JSON strictly: one document in UTF-8 with each name once, within limits that
 * bound what any rule for a single field has to look at.
 */
final class JsonDocument {

  static final int MAX_ENTRIES = 1_000;
  static final int MAX_TEXT_CHARACTERS = 64 * 1024;
  private static final int MAX_DEPTH = 50;
  private static final int MAX_NUMBER_CHARACTERS = 1_000;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxNumberLength(MAX_NUMBER_CHARACTERS)
                          .build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .addModule(SentJson.MODULE)
          .build();
  private static final TypeReference<@Nullable Object> ANYTHING = new TypeReference<>() {};

  private JsonDocument() {}

  /**
   * @return null, a String, Number, Boolean, List or Map
   * @throws ApiFailure with 400 if the bytes are not exactly one JSON document
   */
  static @Nullable Object parse(byte[] bytes) {
    var text = text(bytes);
    try (var parser = STRICT.createParser(text)) {
      var document =
          STRICT
              .readerFor(ANYTHING)
              .without(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
              .readValue(parser);
      if (parser.nextToken() != null) {
        throw refused("the body must be one JSON document with nothing after it");
      }
      return document;
    } catch (StreamConstraintsException tooLarge) {
      throw refused(
          "the body must have at most %d levels and numbers of at most %d characters"
              .formatted(MAX_DEPTH, MAX_NUMBER_CHARACTERS));
    } catch (JacksonException notJson) {
      throw refused(JsonFault.of(notJson));
    }
  }

  private static String text(byte[] bytes) {
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    } catch (CharacterCodingException broken) {
      throw refused("the body must be UTF-8");
    }
  }

  private static ApiFailure refused(String message) {
    return new ApiFailure(HttpStatus.BAD_REQUEST, message);
  }

  /**
   * Checks every text, list and object of a document.
   *
   * @throws InvalidInput naming the field and the limit that it exceeds
   */
  static void checkLimits(Map<String, @Nullable Object> document) {
    checkObject("", document);
  }

  private static void checkObject(String field, Map<?, ? extends @Nullable Object> object) {
    checkSize(field.isEmpty() ? "the body" : field, object.size());
    object.forEach(
        (key, value) -> {
          var name = String.valueOf(key);
          checkText(field.isEmpty() ? "the name of a field" : field, name);
          check(field.isEmpty() ? name : field + "." + name, value);
        });
  }

  private static void check(String field, @Nullable Object value) {
    switch (value) {
      case String text -> checkText(field, text);
      case List<?> list -> {
        checkSize(field, list.size());
        for (int at = 0; at < list.size(); at++) {
          check("%s[%d]".formatted(field, at), list.get(at));
        }
      }
      case Map<?, ?> object -> checkObject(field, object);
      case null, default -> {}
    }
  }

  private static void checkSize(String field, int size) {
    if (size > MAX_ENTRIES) {
      throw new InvalidInput(field, "must have at most %d entries".formatted(MAX_ENTRIES));
    }
  }

  private static void checkText(String field, String text) {
    if (text.length() > MAX_TEXT_CHARACTERS) {
      throw new InvalidInput(
          shortened(field), "must have at most %d characters".formatted(MAX_TEXT_CHARACTERS));
    }
    if (text.indexOf('\0') >= 0) {
      throw new InvalidInput(shortened(field), "must not contain a NUL character");
    }
    if (hasHalfOfAPair(text)) {
      throw new InvalidInput(shortened(field), "must not contain half of a surrogate pair");
    }
  }

  private static boolean hasHalfOfAPair(String text) {
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (Character.isSurrogate(c)) {
        boolean pair =
            Character.isHighSurrogate(c)
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
        if (!pair) {
          return true;
        }
        at++;
      }
    }
    return false;
  }

  /** Names come from clients and may be as long as a body. */
  private static String shortened(String field) {
    return field.length() <= 200 ? field : field.substring(0, 200) + "…";
  }
}
