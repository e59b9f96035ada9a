package dev.slipway.command.stack;

import dev.slipway.command.messaging.Attempts;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.service.CommandRejected;
import dev.slipway.command.service.RefusedActions.RecordRefusal;
import dev.slipway.command.stack.StackCommand.EndStackOperation;
import dev.slipway.command.stack.StackWork.Progress;
import dev.slipway.command.stack.StackWork.Step;
import dev.slipway.http.QuotaExceeded;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.Asked;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.axonframework.modelling.command.AggregateNotFoundException;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/**
 * Asks the services of a stack what the stack has to ask of them, and ends the stack's operation
 * when all of theirs have ended. Invariants:
 *
 * <ul>
 *   <li>what is to be asked is in the ledger since the transaction of the stack's own events;
 *   <li>a service is asked once, however often this process dies: its action, which has the same
 *       uuid at each try, is in the log from the moment that it was asked;
 *   <li>a service is asked when those before it that it needs have done their part;
 *   <li>an operation ends, a minute after its deadline at the latest.
 * </ul>
 */
public final class StackKeeper {

  private static final String PART = "stack-keeper";

  private final Commands commands;
  private final StackLedger ledger;
  private final StackWork work;
  private final Attempts attempts = new Attempts(PART);
  private final Lock[] locks = Stream.generate(ReentrantLock::new).limit(64).toArray(Lock[]::new);

  public StackKeeper(Commands commands, StackLedger ledger) {
    this.commands = commands;
    this.ledger = ledger;
    this.work = ledger.work();
  }

  /** One round; what fails in it is found again by the next. */
  public void look() {
    work.withUnsent().forEach(action -> attempts.attempt(action, () -> send(action)));
    for (var asked : work.allSent()) {
      var progress = work.progress(asked.action());
      boolean over = progress.stream().allMatch(p -> p.refusal() != null || p.ended() != null);
      if (over || asked.late()) {
        attempts.attempt(asked.action(), () -> end(asked, progress));
      }
    }
  }

  private void end(StackWork.Asked asked, List<Progress> progress) {
    var reasons = progress.stream().flatMap(this::failure).collect(Collectors.joining("; "));
    var reason = reasons.isEmpty() ? null : reasons;
    commands.send(
        new EndStackOperation(asked.stack(), asked.action(), reason == null, reason),
        asked.stack(),
        PART);
  }

  private Stream<String> failure(Progress progress) {
    var reason = reason(progress);
    return reason == null
        ? Stream.empty()
        : Stream.of(ledger.nameOf(progress.service()) + ": " + reason);
  }

  private static @Nullable String reason(Progress progress) {
    var ended = progress.ended();
    if (ended == null) {
      return Objects.requireNonNullElse(progress.refusal(), "it has not ended in time");
    }
    return ended.state() == ActionState.SUCCESS
        ? null
        : Objects.requireNonNullElse(ended.reason(), "it was " + ended.state().text());
  }

  /** Asks what an action of a stack has still to ask and nothing holds back, in its order. */
  void send(ActionId action) {
    var lock = locks[Math.floorMod(action.hashCode(), locks.length)];
    lock.lock();
    try {
      List<Step> steps = work.unsent(action);
      for (var step : steps) {
        if (!work.isHeldBack(action, step)) {
          work.sent(action, step.place(), refusal(step.command()));
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable String refusal(ServiceCommand.UserCommand command) {
    var asked = command.asked();
    var before = work.taken(asked.action());
    if (before.isPresent()) {
      return refusal(before.get());
    }
    try {
      commands.send(command, command.serviceId(), asked);
      return null;
    } catch (CommandRejected | InvalidInput | QuotaExceeded | AggregateNotFoundException refused) {
      return refused(asked, Objects.requireNonNullElse(refused.getMessage(), "refused"));
    } catch (ConcurrencyException lostRace) {
      return refusal(work.taken(asked.action()).orElseThrow(() -> lostRace));
    }
  }

  /** Another process may have recorded meanwhile what became of the action: that holds. */
  private @Nullable String refused(Asked asked, String reason) {
    try {
      commands.send(new RecordRefusal(asked, reason), asked.action(), asked);
      return reason;
    } catch (ConcurrencyException lostRace) {
      return refusal(work.taken(asked.action()).orElseThrow(() -> lostRace));
    }
  }

  private static @Nullable String refusal(ActionTaken taken) {
    return taken.state() == ActionState.FAILED
        ? Objects.requireNonNullElse(taken.reason(), "refused")
        : null;
  }
}
