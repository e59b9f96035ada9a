package dev.slipway.model.stack;

import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.StackEvent.StackCreated;
import dev.slipway.model.stack.StackEvent.StackDefined;
import dev.slipway.model.stack.StackEvent.StackOperationBegun;
import dev.slipway.model.stack.StackEvent.StackOperationEnded;
import dev.slipway.model.stack.StackEvent.StackRenamed;
import dev.slipway.model.stack.StackEvent.StackTerminated;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state of a stack: the fold of its events. Which services it has, they say themselves.
 *
 * @param version the sequence number of the last event in it, from 0
 * @param nickname null if it is the name
 * @param work null if nothing is under way
 */
public record Stack(
    StackId id,
    Namespace namespace,
    long version,
    String name,
    @Nullable String nickname,
    @Nullable Work work,
    Dates dates) {

  /** An operation under way, and the services that it is about. */
  public record Work(ActionId operation, OperationKind kind, List<ServiceId> services) {
    public Work {
      services = List.copyOf(services);
    }
  }

  /** When things happened to a stack for the last time; null until they do. */
  public record Dates(Instant created, @Nullable Instant deployed, @Nullable Instant destroyed) {

    private Dates begun(OperationKind kind, Instant at) {
      return switch (kind) {
        case START, REDEPLOY -> new Dates(created, at, destroyed);
        case STOP, SCALE, TERMINATE -> this;
      };
    }
  }

  /**
   * The state after one more event. Total and silent: an event is a fact.
   *
   * @param stack null before the first event
   * @throws IllegalStateException if a log does not begin with the stack's creation
   */
  public static Stack evolve(@Nullable Stack stack, StackEvent event, Instant at) {
    if (event instanceof StackCreated(var id, var namespace, var name, var nickname)) {
      return new Stack(id, namespace, 0, name, nickname, null, new Dates(at, null, null));
    }
    if (stack == null) {
      throw new IllegalStateException("A log begins with " + event);
    }
    return switch (event) {
      case StackCreated _ -> stack;
      case StackRenamed(_, var nickname) -> stack.next(nickname, stack.work, stack.dates);
      case StackDefined _ -> stack.next(stack.nickname, stack.work, stack.dates);
      case StackOperationBegun begun ->
          stack.next(
              stack.nickname,
              new Work(begun.operation(), begun.kind(), begun.services()),
              stack.dates.begun(begun.kind(), at));
      case StackOperationEnded _ -> stack.next(stack.nickname, null, stack.dates);
      case StackTerminated _ ->
          stack.next(
              stack.nickname, null, new Dates(stack.dates.created, stack.dates.deployed, at));
    };
  }

  private Stack next(@Nullable String nickname, @Nullable Work work, Dates dates) {
    return new Stack(id, namespace, version + 1, name, nickname, work, dates);
  }

  /** What its services carry of it. */
  public StackRef ref() {
    return new StackRef(id, name);
  }

  public boolean terminated() {
    return dates.destroyed != null;
  }
}
