package dev.slipway.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.agent.Samples;
import dev.slipway.agent.engine.Found;
import dev.slipway.agent.engine.Found.End;
import dev.slipway.agent.engine.Found.State;
import dev.slipway.agent.reconcile.Step.Create;
import dev.slipway.agent.reconcile.Step.Remove;
import dev.slipway.agent.reconcile.Step.ReportFound;
import dev.slipway.agent.reconcile.Step.ReportRemoved;
import dev.slipway.agent.reconcile.Step.Start;
import dev.slipway.agent.reconcile.Step.Stop;
import dev.slipway.agent.reconcile.Step.Wait;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.node.NodeId;
import dev.slipway.model.service.ServiceId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReconcilerTest {

  private static final NodeId NODE = new NodeId("0a000000-0000-4000-8000-00000000000a");
  private static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");
  private static final Assignment RUNNING = wanted(Wanted.RUNNING);

  private static Assignment wanted(Wanted wanted) {
    return Samples.assignment(NODE, WEB, 1, wanted, 1);
  }

  private static Found found(State state) {
    return new Found(
        new Found.Labels(RUNNING.container(), WEB, NODE, "web-1"),
        "e1",
        state,
        null,
        List.of(),
        state == State.EXITED ? new End(1, false, null, Instant.EPOCH) : null);
  }

  @Test
  void makesAndStartsWhatIsWanted() {
    assertThat(Reconciler.next(RUNNING, null, 0)).isEqualTo(new Create());
    assertThat(Reconciler.next(RUNNING, found(State.CREATED), 1)).isEqualTo(new Start("e1"));
    assertThat(Reconciler.next(RUNNING, found(State.RUNNING), 1)).isEqualTo(new ReportFound());
  }

  @Test
  void leavesWhatEndedByItselfAlone() {
    assertThat(Reconciler.next(RUNNING, found(State.EXITED), 1)).isEqualTo(new ReportFound());
  }

  @Test
  void startsWhatEndedAgainWhenItIsAskedTo() {
    assertThat(Reconciler.next(Samples.with(RUNNING, Wanted.RUNNING, 2), found(State.EXITED), 1))
        .isEqualTo(new Start("e1"));
  }

  @Test
  void stopsWhatIsToStopAndMakesAgainWhatIsGone() {
    var stopped = wanted(Wanted.STOPPED);
    assertThat(Reconciler.next(stopped, found(State.RUNNING), 1)).isEqualTo(new Stop("e1"));
    assertThat(Reconciler.next(stopped, found(State.EXITED), 1)).isEqualTo(new ReportFound());
    assertThat(Reconciler.next(stopped, found(State.CREATED), 1)).isEqualTo(new ReportFound());
    assertThat(Reconciler.next(stopped, null, 1)).isEqualTo(new Create());
  }

  @ParameterizedTest
  @EnumSource(names = {"CREATED", "RUNNING", "EXITED"})
  void removesWhatIsToGo(State state) {
    for (var gone : List.of(Wanted.REMOVED, Wanted.ERASED)) {
      assertThat(Reconciler.next(wanted(gone), found(state), 1)).isEqualTo(new Remove("e1"));
      assertThat(Reconciler.next(wanted(gone), null, 1)).isEqualTo(new ReportRemoved());
    }
  }

  @ParameterizedTest
  @EnumSource(Wanted.class)
  void waitsForTheEndOfARemovalThatSomebodyElseAskedFor(Wanted wanted) {
    assertThat(Reconciler.next(wanted(wanted), found(State.BEING_REMOVED), 1))
        .isEqualTo(new Wait());
  }

  /** From any state any wish is met in a few steps, and then nothing more is to do. */
  @ParameterizedTest
  @EnumSource(Wanted.class)
  void comesToRest(Wanted wanted) {
    for (var start : new State[] {null, State.CREATED, State.RUNNING, State.EXITED}) {
      @Nullable State state = start;
      var assignment = wanted(wanted);
      int steps = 0;
      Step step;
      do {
        step = Reconciler.next(assignment, state == null ? null : found(state), 0);
        state = after(step, state);
        steps++;
      } while (!(step instanceof ReportFound || step instanceof ReportRemoved));
      assertThat(steps).isLessThanOrEqualTo(4);
      assertThat(state == State.RUNNING).isEqualTo(wanted == Wanted.RUNNING);
    }
  }

  private static @Nullable State after(Step step, @Nullable State state) {
    return switch (step) {
      case Create _ -> State.CREATED;
      case Start _ -> State.RUNNING;
      case Stop _ -> State.EXITED;
      case Remove _ -> null;
      case ReportFound _, ReportRemoved _, Wait _ -> state;
    };
  }
}
