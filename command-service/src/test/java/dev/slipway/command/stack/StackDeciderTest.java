package dev.slipway.command.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.command.stack.StackCommand.CreateStack;
import dev.slipway.command.stack.StackCommand.EndStackOperation;
import dev.slipway.command.stack.StackCommand.OperateStack;
import dev.slipway.command.stack.StackCommand.UpdateStack;
import dev.slipway.command.stack.StackDecider.Inventory;
import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.action.Origin;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceCommand;
import dev.slipway.model.service.ServiceCommand.Asked;
import dev.slipway.model.service.ServiceCommand.CreateService;
import dev.slipway.model.service.ServiceCommand.StartService;
import dev.slipway.model.service.ServiceCommand.TerminateService;
import dev.slipway.model.service.ServiceCommand.UpdateService;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceEvent.OperationBegun;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.DefinedService;
import dev.slipway.model.stack.Stack;
import dev.slipway.model.stack.StackEvent;
import dev.slipway.model.stack.StackEvent.StackCreated;
import dev.slipway.model.stack.StackEvent.StackDefined;
import dev.slipway.model.stack.StackEvent.StackOperationBegun;
import dev.slipway.model.stack.StackEvent.StackOperationEnded;
import dev.slipway.model.stack.StackEvent.StackRenamed;
import dev.slipway.model.stack.StackEvent.StackTerminated;
import dev.slipway.model.stack.StackId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StackDeciderTest {

  static final StackId SHOP = new StackId("57000000-0000-4000-8000-000000000001");
  static final ServiceId WEB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000001");
  static final ServiceId DB = new ServiceId("5e0c7d7e-0000-4000-8000-000000000002");
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
  static final ActionId ACTION = new ActionId("ac000000-0000-4000-8000-000000000001");
  static final Inventory NONE = new Inventory(List.of(), true);
  static final Stack STACK = folded(new StackCreated(SHOP, new Namespace("admin"), "shop", null));

  static Stack folded(StackEvent... events) {
    Stack stack = null;
    for (var event : events) {
      stack = Stack.evolve(stack, event, NOW);
    }
    return stack;
  }

  static Asked asked(String namespace) {
    return new Asked(
        ACTION,
        new ActionRequest(
            new Namespace(namespace),
            "Stack X",
            "/",
            "POST",
            "/",
            "",
            new Origin("a", "", "", null)));
  }

  static ServiceDefinition definition(String name, ServiceId linkedTo) {
    return ServiceDefinition.read(
        Map.of(
            "image",
            "demo/" + name,
            "name",
            name,
            "linked_to_service",
            List.of(Map.of("to_service", linkedTo.value(), "name", "it"))));
  }

  static Service service(ServiceId id, String name, ServiceId linkedTo) {
    var created =
        new ServiceCreated(id, STACK.namespace(), definition(name, linkedTo), STACK.ref());
    return Service.evolve(null, created, NOW);
  }

  static Service starting(Service service) {
    var begun =
        new OperationBegun(service.id(), ACTION, OperationKind.START, NOW, false, List.of());
    return Service.evolve(service, begun, NOW);
  }

  static Inventory of(Service... services) {
    return new Inventory(List.of(services), true);
  }

  static OperateStack operate(OperationKind kind) {
    return new OperateStack(SHOP, asked("admin"), kind, NOW.plusSeconds(600), false);
  }

  static List<ServiceId> targets(StackDecision decision) {
    return decision.commands().stream().map(ServiceCommand::serviceId).toList();
  }

  @Test
  void createsServicesWithWhatIsLinkedToFirst() {
    var services =
        List.of(
            new DefinedService(WEB, definition("web", DB)),
            new DefinedService(DB, definition("db", WEB))); // a circle is no mistake
    var decision =
        StackDecider.decide(
            new CreateStack(SHOP, asked("admin"), "shop", null, services), null, NONE);
    assertThat(decision.events())
        .containsExactly(
            new StackCreated(SHOP, STACK.namespace(), "shop", null),
            new StackDefined(SHOP, services));
    assertThat(targets(decision)).containsExactly(DB, WEB);
    assertThat(decision.commands())
        .allSatisfy(
            command -> assertThat(((CreateService) command).stack()).isEqualTo(STACK.ref()));
    assertThat(decision.begins()).isFalse();
  }

  @Test
  void asksEachServiceUnderAnActionThatFollowsFromTheStacksOwn() {
    var inventory = of(service(WEB, "web", DB), service(DB, "db", DB));
    var once = StackDecider.decide(operate(OperationKind.START), STACK, inventory);
    var again = StackDecider.decide(operate(OperationKind.START), STACK, inventory);
    assertThat(once).isEqualTo(again);
    assertThat(once.commands()).extracting(one -> one.asked().action()).doesNotHaveDuplicates();
  }

  @Test
  void startsThoseThatCanBeLinkedToFirst() {
    var other = new ServiceId("5e0c7d7e-0000-4000-8000-000000000003");
    var decision =
        StackDecider.decide(
            operate(OperationKind.START),
            STACK,
            of(service(WEB, "web", DB), starting(service(other, "x", WEB)), service(DB, "db", DB)));
    assertThat(targets(decision)).containsExactly(DB, WEB);
    assertThat(decision.commands()).hasOnlyElementsOfType(StartService.class);
    assertThat(decision.events())
        .containsExactly(
            new StackOperationBegun(
                SHOP, ACTION, OperationKind.START, NOW.plusSeconds(600), false, List.of(DB, WEB)));
  }

  @ParameterizedTest
  @EnumSource(
      value = OperationKind.class,
      names = {"START", "STOP", "REDEPLOY"})
  void refusesWhatNoServiceCanDo(OperationKind kind) {
    assertThatThrownBy(
            () -> StackDecider.decide(operate(kind), STACK, of(starting(service(WEB, "web", WEB)))))
        .isInstanceOf(StackRejected.class)
        .hasMessageContaining("it is Starting (web is Starting)");
    assertThatThrownBy(() -> StackDecider.decide(operate(kind), STACK, NONE))
        .isInstanceOf(StackRejected.class);
  }

  @Test
  void terminatesAllOrNothing() {
    var busy = of(service(DB, "db", DB), starting(service(WEB, "web", DB)));
    assertThatThrownBy(() -> StackDecider.decide(operate(OperationKind.TERMINATE), STACK, busy))
        .isInstanceOf(StackRejected.class);
    var decision =
        StackDecider.decide(operate(OperationKind.TERMINATE), STACK, of(service(DB, "db", DB)));
    assertThat(decision.commands()).hasOnlyElementsOfType(TerminateService.class);
  }

  @Test
  void terminatesWhatUsesOthersBeforeThem() {
    var inventory = of(service(DB, "db", DB), service(WEB, "web", DB));
    assertThat(targets(StackDecider.decide(operate(OperationKind.TERMINATE), STACK, inventory)))
        .containsExactly(WEB, DB);
  }

  @Test
  void terminatesAnEmptyStackAtOnce() {
    var decision = StackDecider.decide(operate(OperationKind.TERMINATE), STACK, NONE);
    assertThat(decision.events())
        .endsWith(new StackOperationEnded(SHOP, ACTION, true, null), new StackTerminated(SHOP));
  }

  @Test
  void refusesEverythingDuringAnOperationAndWhileServicesAreMade() {
    var inventory = of(service(DB, "db", DB));
    var begun = StackDecider.decide(operate(OperationKind.START), STACK, inventory).events();
    var working = Stack.evolve(STACK, begun.getFirst(), NOW);
    var update = new UpdateStack(SHOP, asked("admin"), "x", List.of());
    for (var command : List.of(operate(OperationKind.STOP), update)) {
      assertThatThrownBy(() -> StackDecider.decide(command, working, inventory))
          .isInstanceOf(StackRejected.class)
          .hasMessageContaining("it is Starting");
      assertThatThrownBy(() -> StackDecider.decide(command, STACK, new Inventory(List.of(), false)))
          .hasMessageContaining("still being made");
    }
  }

  @Test
  void updatesWhatDiffersMakesWhatIsMissingAndLeavesTheRest() {
    var third = new ServiceId("5e0c7d7e-0000-4000-8000-000000000003");
    var sized = definition("web", DB).with(Attributes.MEMORY, 64);
    var web = Service.evolve(null, created(WEB, sized), NOW);
    var same = definition("db", DB);
    var decision =
        StackDecider.decide(
            new UpdateStack(
                SHOP,
                asked("admin"),
                "the shop",
                List.of(
                    new DefinedService(WEB, definition("web", DB)),
                    new DefinedService(DB, same),
                    new DefinedService(third, definition("new", DB)))),
            STACK,
            of(web, service(DB, "db", DB)));
    assertThat(decision.events())
        .containsExactly(
            new StackRenamed(SHOP, "the shop"),
            new StackDefined(
                SHOP,
                List.of(
                    new DefinedService(WEB, definition("web", DB)),
                    new DefinedService(DB, same),
                    new DefinedService(third, definition("new", DB)))));
    assertThat(targets(decision)).containsExactly(WEB, third);
    var update = (UpdateService) decision.commands().getFirst();
    assertThat(update.changes().changesFrom(sized).json()).containsOnlyKeys("memory");
    assertThat(decision.commands().getLast()).isInstanceOf(CreateService.class);
  }

  static ServiceCreated created(ServiceId id, ServiceDefinition definition) {
    return new ServiceCreated(id, STACK.namespace(), definition, STACK.ref());
  }

  @Test
  void keepsTheSizeThatSomebodyScaledTo() {
    var scaled = definition("web", DB).with(Attributes.TARGET_NUM_CONTAINERS, 7);
    var web = Service.evolve(null, created(WEB, scaled), NOW);
    var decision =
        StackDecider.decide(
            new UpdateStack(
                SHOP,
                asked("admin"),
                null,
                List.of(new DefinedService(WEB, definition("web", DB)))),
            STACK,
            of(web));
    assertThat(decision.commands()).isEmpty();
    assertThat(decision.events()).as("a file that changes nothing makes no version").isEmpty();
  }

  @Test
  void aVersionHoldsServicesThatItsFileLeavesAloneButNotTheirSize() {
    var scaled = definition("web", DB).with(Attributes.TARGET_NUM_CONTAINERS, 7);
    var inventory = of(Service.evolve(null, created(WEB, scaled), NOW), service(DB, "db", DB));
    var db = new DefinedService(DB, definition("db", DB).with(Attributes.MEMORY, 64));
    var kept = new DefinedService(WEB, definition("web", DB));
    var update = new UpdateStack(SHOP, asked("admin"), null, List.of(db));
    assertThat(StackDecider.decide(update, STACK, inventory).events())
        .containsExactly(new StackDefined(SHOP, List.of(db, kept)));
    var pruning = new UpdateStack(SHOP, asked("admin"), null, List.of(db), true, NOW);
    assertThat(StackDecider.decide(pruning, STACK, inventory).events())
        .containsExactly(new StackDefined(SHOP, List.of(db)));
  }

  @Test
  void endsWithTheStackWhenAllIsTerminated() {
    var begun =
        StackDecider.decide(operate(OperationKind.TERMINATE), STACK, of(service(DB, "db", DB)));
    var working = Stack.evolve(STACK, begun.events().getFirst(), NOW);
    assertThat(
            StackDecider.decide(new EndStackOperation(SHOP, ACTION, true, null), working, NONE)
                .events())
        .endsWith(new StackTerminated(SHOP));
    assertThat(
            StackDecider.decide(new EndStackOperation(SHOP, ACTION, false, "no"), working, NONE)
                .events())
        .containsExactly(new StackOperationEnded(SHOP, ACTION, false, "no"));
    assertThat(
            StackDecider.decide(new EndStackOperation(SHOP, ACTION, true, null), STACK, NONE)
                .events())
        .isEmpty();
  }

  @Test
  void doesNotExistForAnotherNamespace() {
    assertThatThrownBy(
            () ->
                StackDecider.decide(
                    new UpdateStack(SHOP, asked("other"), null, List.of()), STACK, NONE))
        .isInstanceOf(StackRejected.class)
        .extracting(rejected -> ((StackRejected) rejected).reason())
        .isEqualTo(StackRejected.Reason.NOT_FOUND);
  }
}
