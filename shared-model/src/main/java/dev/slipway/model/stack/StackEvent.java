package dev.slipway.model.stack;

import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceId;
import java.time.Instant;
import java.util.List;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/**
 * What has happened to a stack. Its services have events of their own. Stored for ever: add fields,
 * never change the meaning of one.
 */
public sealed interface StackEvent {

  StackId stackId();

  @Revision("1")
  record StackCreated(StackId stackId, Namespace namespace, String name, @Nullable String nickname)
      implements StackEvent {}

  /** Another name to show; the stack's own is in the names of its services and stays. */
  @Revision("1")
  record StackRenamed(StackId stackId, @Nullable String nickname) implements StackEvent {}

  /**
   * What a file has made of the stack.
   *
   * @param services that the stack is to have; those that the file does not name as they were
   */
  @Revision("1")
  record StackDefined(StackId stackId, List<DefinedService> services) implements StackEvent {

    public StackDefined {
      services = List.copyOf(services);
    }
  }

  /**
   * Each of these services is asked for the same operation, in the order of their links.
   *
   * @param services those that are in a state for it; others are left as they are
   */
  @Revision("1")
  record StackOperationBegun(
      StackId stackId,
      ActionId operation,
      OperationKind kind,
      Instant deadline,
      boolean reuseVolumes,
      List<ServiceId> services)
      implements StackEvent {

    public StackOperationBegun {
      services = List.copyOf(services);
    }
  }

  /**
   * Every service has ended what it was asked for.
   *
   * @param reason why it failed, null if it succeeded
   */
  @Revision("1")
  record StackOperationEnded(
      StackId stackId, ActionId operation, boolean success, @Nullable String reason)
      implements StackEvent {}

  /** The stack and all its services are gone. */
  @Revision("1")
  record StackTerminated(StackId stackId) implements StackEvent {}
}
