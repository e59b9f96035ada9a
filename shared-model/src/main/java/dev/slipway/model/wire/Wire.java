package dev.slipway.model.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.util.List;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The one serializer: every message is stored and sent as the JSON that this mapper makes. Fields
 * that are null are left out; unknown ones are passed over, so that an older reader survives a
 * newer writer; a list that an older writer did not know is empty.
 */
public final class Wire {

  public static final JsonMapper MAPPER = configured(JsonMapper.builder()).build();

  private Wire() {}

  /** Sets a mapper of another owner up to write and read the same. */
  public static JsonMapper.Builder configured(JsonMapper.Builder mapper) {
    return mapper
        .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
        .changeDefaultPropertyInclusion(
            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
        .withConfigOverride(
            List.class,
            lists -> lists.setNullHandling(JsonSetter.Value.forValueNulls(Nulls.AS_EMPTY)));
  }

  public static byte[] write(Object message) {
    return MAPPER.writeValueAsBytes(message);
  }

  /**
   * @throws tools.jackson.core.JacksonException if these bytes are no such message
   */
  public static <T> T read(byte[] json, Class<T> type) {
    return MAPPER.readValue(json, type);
  }
}
