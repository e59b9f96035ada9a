package dev.slipway.command.stack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.command.api.RecordedBody;
import dev.slipway.command.store.AnyJson;
import dev.slipway.command.store.EventNotStored;
import dev.slipway.command.store.StoredForm;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.action.Origin;
import dev.slipway.model.attribute.Attributes;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.stack.StackEvent.StackCreated;
import dev.slipway.model.stack.StackId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.statistics.Statistics;
import org.jspecify.annotations.Nullable;

/**
 * Whatever stackfile is accepted, its services read back as they are; and the action of every
 * request, of a refused one too, can be stored.
 */
class AcceptedStackfilesTest {

  private static final Namespace ADMIN = new Namespace("admin");

  /** Forms of keys that people's files have. */
  private static final Map<String, List<Object>> FORMS =
      Map.ofEntries(
          Map.entry("command", List.of("sleep 1", List.of("sh", "-c", "echo \\ '"), "a\\ b")),
          Map.entry("environment", List.of(List.of("A=b", "C"), Map.of("A", 1.10, "B", true))),
          Map.entry("links", List.of(List.of("s0"), List.of("s0:db"))),
          Map.entry("ports", List.of(List.of("80:80", "81"), List.of("9000-9010:9000-9010"))),
          Map.entry("expose", List.of(List.of("80"), List.of(443))),
          Map.entry("volumes", List.of(List.of("/data"), List.of("data:/data", "/a:/b:ro"))),
          Map.entry("volumes_from", List.of(List.of("s0"))),
          Map.entry("restart", List.of("always", "on-failure", false)),
          Map.entry("labels", List.of(List.of("a=b"), Map.of("a", 1e3))),
          Map.entry("mem_limit", List.of("64m", 67_108_864)),
          Map.entry("tmpfs", List.of("/tmp", List.of("/tmp:size=64m"))),
          Map.entry("depends_on", List.of(List.of("s0"))),
          Map.entry("extra_hosts", List.of(List.of("db:192.0.2.1"), Map.of("db", "192.0.2.1"))),
          Map.entry("unknown", List.of("x", 22_22, Map.of())));

  private static ServiceId id(String name) {
    return new ServiceId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString());
  }

  @Property(tries = 500)
  void everyServiceReadsBackAndEveryActionIsStored(@ForAll long seed) {
    var any = new AnyJson(new Random(seed));
    var json = stack(any);
    var body = new StackBody(json);
    @Nullable String refusal = null;
    try {
      StoredForm.check(new StackCreated(stackId(), ADMIN, body.name(), body.nickname()));
      for (var planned :
          body.services("shop", AcceptedStackfilesTest::id, Map.of(), new EveryUuid(), _ -> {})) {
        StoredForm.check(new ServiceCreated(planned.service(), ADMIN, planned.definition(), null));
      }
    } catch (InvalidInput | EventNotStored refused) {
      refusal = refused.getMessage();
      assertThat(refused).hasMessageNotContaining("Exception");
    }
    StoredForm.check(action(body, json, refusal));
    Statistics.label("accepted")
        .collect(refusal == null)
        .coverage(seen -> seen.check(true).percentage(share -> share > 15));
  }

  private static StackId stackId() {
    return new StackId("57ac0000-0000-4000-8000-000000000001");
  }

  private static ActionTaken action(
      StackBody body, Map<String, @Nullable Object> json, @Nullable String refusal) {
    var recorded = RecordedBody.of(json, Stackfile.fields());
    assertThat(recorded.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(16 * 1024);
    var request =
        new ActionRequest(
            ADMIN,
            "Stack Create",
            "/api/app/v1/stack/x/",
            "POST",
            "/api/app/v1/stack/",
            recorded,
            new Origin("admin", "192.0.2.1", "agent", null),
            body.warnings());
    var reason =
        refusal == null
            ? null
            : new String(refusal.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    return new ActionTaken(
        new ActionId("ac000000-0000-4000-8000-000000000001"), request, ActionState.FAILED, reason);
  }

  private static Map<String, @Nullable Object> stack(AnyJson any) {
    var stack = new LinkedHashMap<String, @Nullable Object>();
    stack.put("name", "shop");
    if (any.chance(20)) {
      stack.put("nickname", any.text());
    }
    var services = new ArrayList<Object>();
    int size = any.chance(3) ? 100 : 2;
    for (int number = 0; number < size; number++) {
      services.add(service(any, "s" + number));
    }
    stack.put("services", services);
    return stack;
  }

  private static Map<String, @Nullable Object> service(AnyJson any, String name) {
    var service = new LinkedHashMap<String, @Nullable Object>();
    any.put(Attributes.IMAGE, service);
    service.put("name", name);
    for (int i = 0; i < 2; i++) {
      var key = any.one(List.copyOf(FORMS.keySet()));
      service.put(key, any.chance(5) ? any.text() : any.one(FORMS.getOrDefault(key, List.of())));
      if (any.chance(10)) {
        any.put(any.one(List.copyOf(Attributes.all())), service);
      }
    }
    service.put("name", name);
    return service;
  }

  /** A namespace that has a service of every uuid, and none of any name. */
  private record EveryUuid() implements StackReferences.Elsewhere {
    @Override
    public boolean has(ServiceId service) {
      return true;
    }

    @Override
    public List<ServiceId> find(String name, @Nullable String stack) {
      return List.of();
    }
  }
}
