package dev.slipway.command.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.action.ActionEvent;
import dev.slipway.model.node.NodeEvent;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.wire.EventTypes;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which subject an event belongs to. */
class EventScreenTest {

  private static final Map<String, Class<?>> KINDS =
      Map.of(
          "Service", ServiceEvent.class,
          "Stack", StackEvent.class,
          "Node", NodeEvent.class,
          "Action", ActionEvent.class,
          "Account", AccountEvent.class);

  @Test
  void everyEventBelongsToItsOwnKindOfSubjectAndToNoOther() {
    KINDS.forEach(
        (kind, type) ->
            KINDS
                .keySet()
                .forEach(
                    subject ->
                        assertThat(EventTypes.records(type))
                            .isNotEmpty()
                            .allSatisfy(
                                event ->
                                    assertThat(EventScreen.isEventOf(event, subject))
                                        .as("%s of a %s", event.getSimpleName(), subject)
                                        .isEqualTo(subject.equals(kind)))));
  }
}
