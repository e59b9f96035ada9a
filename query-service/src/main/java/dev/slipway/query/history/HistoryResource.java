package dev.slipway.query.history;

import dev.slipway.model.api.DefinitionChanges;
import dev.slipway.model.api.VisibleEvent;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.AttributesSet;
import dev.slipway.model.wire.Wire;
import java.util.Map;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** Events as the API shows them, one after the other, each with what it changed. */
final class HistoryResource {

  private @Nullable ServiceDefinition definition;
  private @Nullable String state;

  /**
   * @param definition before the first event that is shown, null if there was none
   * @param state that the service was in then, null if it was not there
   */
  HistoryResource(@Nullable ServiceDefinition definition, @Nullable String state) {
    this.definition = definition;
    this.state = state;
  }

  Map<String, @Nullable Object> next(Document document) {
    var event = HistoryDocument.event(document);
    var json = StoredEvent.json(document);
    json.put("changes", changes(event, document.getString(HistoryDocument.STATE)).all());
    json.put("event", Wire.MAPPER.readValue(Wire.write(VisibleEvent.of(event)), Map.class));
    return json;
  }

  private DefinitionChanges changes(ServiceEvent event, String after) {
    var changes = new DefinitionChanges();
    var before = definition;
    if (event instanceof AttributesSet set) {
      changes.add(before, set);
      definition = ServiceDefinition.after(before, set);
    }
    if (!after.equals(state)) {
      changes.add("state", state, after);
    }
    state = after;
    return changes;
  }
}
