package dev.slipway.command.service;

import static dev.slipway.command.service.Given.WEB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.container.ContainerPhase;
import dev.slipway.model.service.ServiceEvent;
import dev.slipway.model.service.ServiceEvent.ContainerExited;
import dev.slipway.model.service.ServiceEvent.ContainerPlaced;
import dev.slipway.model.service.ServiceEvent.ContainerRemovalRequested;
import dev.slipway.model.service.ServiceEvent.OperationEnded;
import dev.slipway.model.service.ServiceLifecycle;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutodestructionTest {

  private static Given running(int containers, String autodestroy) {
    return Given.running(containers, "autodestroy", autodestroy);
  }

  private static List<ServiceEvent> whenFirstExits(Given given, int exitCode) {
    return given.when(Given.report(Given.exited(given.container(1), exitCode)));
  }

  @ParameterizedTest
  @CsvSource({
    "OFF, 0, false",
    "OFF, 1, false",
    "ON_SUCCESS, 0, true",
    "ON_SUCCESS, 1, false",
    "ON_SUCCESS, 137, false",
    "ALWAYS, 0, true",
    "ALWAYS, 137, true"
  })
  void terminatesWhatHasEndedAsAutodestroySays(String autodestroy, int exitCode, boolean gone) {
    var given = running(1, autodestroy);
    var events = whenFirstExits(given, exitCode);
    assertThat(events.getFirst()).isInstanceOf(ContainerExited.class);
    assertThat(events.contains(new ContainerRemovalRequested(WEB, given.container(1).id())))
        .isEqualTo(gone);
  }

  @Test
  void theServiceFallsToPartlyRunningAndThenToNotRunning() {
    var given = running(2, "ALWAYS").exits(1, 0);
    assertThat(given.container(1).phase()).isEqualTo(ContainerPhase.TERMINATING);
    given = given.isGone(1);
    assertThat(given.service().lifecycle()).isEqualTo(ServiceLifecycle.PARTLY_RUNNING);
    given = given.exits(2, 1).isGone(2);
    assertThat(given.service().lifecycle()).isEqualTo(ServiceLifecycle.NOT_RUNNING);
  }

  @Test
  void aReportThatComesTwiceAsksOnce() {
    var given = running(1, "ALWAYS");
    var exited = Given.report(Given.exited(given.container(1), 0));
    assertThat(given.after(exited).when(exited)).isEmpty();
  }

  @Test
  void anOperationPutsNothingInThePlaceOfAJobThatIsDone() {
    var starting = Given.created(2, "autodestroy", "ALWAYS").after(Given.start());
    var done = starting.runs(1).exits(1, 0);
    assertThat(done.container(1).phase()).isEqualTo(ContainerPhase.STOPPED);
    var events = done.when(Given.report(Given.runs(done.container(2))));
    assertThat(events.stream().map(Object::getClass).toList())
        .endsWith(OperationEnded.class, ContainerRemovalRequested.class)
        .doesNotContain(ContainerPlaced.class);
    var ended = done.runs(2);
    assertThat(ended.when(Given.report(Given.removed(ended.container(1)))))
        .doesNotHaveAnyElementsOfTypes(ContainerPlaced.class);
    assertThat(ended.isGone(1).service().lifecycle()).isEqualTo(ServiceLifecycle.PARTLY_RUNNING);
  }

  @Test
  void whatAUserStopsGoesTooIfAlways() {
    var stopping = running(1, "ALWAYS").after(Given.stop());
    assertThat(whenFirstExits(stopping, 143))
        .hasAtLeastOneElementOfType(OperationEnded.class)
        .contains(new ContainerRemovalRequested(WEB, stopping.container(1).id()));
  }

  @Test
  void whatEndedBeforeItWasSetIsLeftAlone() {
    var stopped = running(2, "OFF").exits(1, 0).after(Given.update("autodestroy", "ALWAYS"));
    var second = Given.report(Given.exited(stopped.container(2), 0));
    assertThat(stopped.when(second))
        .contains(new ContainerRemovalRequested(WEB, stopped.container(2).id()))
        .doesNotContain(new ContainerRemovalRequested(WEB, stopped.container(1).id()));
  }

  @Test
  void aStartWaitsForWhatIsOnItsWayOutAndPutsAnotherThere() {
    var starting = running(1, "ALWAYS").exits(1, 0).after(Given.start());
    assertThat(starting.service().lifecycle()).isEqualTo(ServiceLifecycle.STARTING);
    assertThat(starting.when(Given.report(Given.removed(starting.container(1)))))
        .hasAtLeastOneElementOfType(ContainerPlaced.class);
  }

  @Test
  void atATerminateThereIsNothingToAdd() {
    var terminating = running(1, "ALWAYS").after(Given.terminate());
    assertThat(whenFirstExits(terminating, 143)).isEmpty();
  }
}
