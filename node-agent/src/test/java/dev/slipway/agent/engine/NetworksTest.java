package dev.slipway.agent.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.agent.Samples;
import dev.slipway.model.Namespace;
import dev.slipway.model.Uuids;
import dev.slipway.model.container.Assignment;
import dev.slipway.model.container.Assignment.Wanted;
import dev.slipway.model.container.ContainerSpec;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.ServiceLink;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Containers of a namespace find each other by name on a node, and no others. */
class NetworksTest {

  private static final Namespace ADMIN = new Namespace("admin");
  private static final String PAGE = "hello";

  private final RealEngine real = RealEngine.ofThisMachine();
  private final ServiceId shop = new ServiceId(Uuids.random());
  private final ServiceId visitor = new ServiceId(Uuids.random());

  @AfterEach
  void removeAll() throws Exception {
    real.close();
  }

  private Assignment container(
      ServiceId service, String name, int slot, Namespace namespace, Object... attributes) {
    return renamed(
        Samples.assignment(real.node, service, slot, Wanted.RUNNING, 1, attributes),
        namespace,
        name + "-" + slot,
        null);
  }

  private Assignment inStack(String stack, ServiceId service, String name, ServiceId... others) {
    return renamed(
        Samples.assignment(real.node, service, 1, Wanted.RUNNING, 1),
        ADMIN,
        name + "-1",
        stack,
        Stream.of(others).map(other -> new ServiceLink(other, "db")).toArray(ServiceLink[]::new));
  }

  private static Assignment renamed(
      Assignment sample,
      Namespace namespace,
      String name,
      @Nullable String stack,
      ServiceLink... neighbours) {
    var spec = sample.spec();
    return new Assignment(
        sample.container(),
        sample.service(),
        sample.node(),
        sample.wanted(),
        sample.starts(),
        sample.version(),
        new ContainerSpec(
            namespace,
            name,
            spec.slot(),
            spec.generation(),
            stack,
            spec.definition(),
            spec.environment(),
            spec.data(),
            spec.hostPaths(),
            List.of(neighbours)));
  }

  /** What the Engine's name server says; programs without a C library to load ask it like this. */
  private List<String> resolved(Assignment from, String name) throws InterruptedException {
    return real.output(from, "nslookup", name)
        .lines()
        .filter(line -> line.startsWith("Address: "))
        .map(line -> line.substring("Address: ".length()).strip())
        .sorted()
        .toList();
  }

  private String address(Assignment of) {
    return Objects.requireNonNull(real.found(of).ipAddress());
  }

  private String fetched(Assignment from, String address) throws InterruptedException {
    var request = "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | nc -w 2 " + address + " 80";
    return real.output(from, "sh", "-c", request);
  }

  private List<String> networks() {
    return real.docker.listNetworksCmd().withNameFilter("slipway.").exec().stream()
        .map(network -> network.getName())
        .filter(name -> name.endsWith(Uuids.shortForm(real.node.value())))
        .toList();
  }

  @Test
  void knowThemByContainerServiceAndLink() throws Exception {
    var link = Map.of("to_service", shop.value(), "name", "DB");
    var from = container(visitor, "visitor", 1, ADMIN, "linked_to_service", List.of(link));
    real.start(from);
    assertThat(resolved(from, "db")).isEmpty();
    var first = renamed(container(shop, "shop", 1, ADMIN), ADMIN, "shop-1", "mall");
    real.start(first);
    for (var name : List.of("shop.mall", "shop-1.mall", "DB", "db", "DB-1", "db-1")) {
      assertThat(resolved(from, name)).as(name).containsExactly(address(first));
    }
    assertThat(resolved(from, "shop")).as("it is in a stack").isEmpty();
    assertThat(resolved(from, "db-2")).isEmpty();
    var second = container(shop, "shop", 2, ADMIN);
    real.start(second);
    assertThat(resolved(from, "db-2")).containsExactly(address(second));
    assertThat(resolved(from, "db")).containsExactlyInAnyOrder(address(first), address(second));
    real.engine.remove(real.found(first).engineId());
    assertThat(resolved(from, "db-1")).isEmpty();
    assertThat(resolved(from, "shop")).containsExactly(address(second));
  }

  @Test
  void ofTheSameStackAreMeantFirstAndThoseOfNoStackThen() throws Exception {
    var databases = Stream.generate(() -> new ServiceId(Uuids.random())).limit(3).toList();
    var red = inStack("red", visitor, "web", databases.get(0));
    var blue = inStack("blue", shop, "web", databases.get(1));
    real.start(red);
    real.start(blue);
    var bare = container(databases.get(2), "db", 1, ADMIN);
    real.start(bare);
    assertThat(resolved(red, "db")).as("that of the stack is meant, and does not run").isEmpty();
    var ofRed = inStack("red", databases.get(0), "db");
    var ofBlue = inStack("blue", databases.get(1), "db");
    real.start(ofRed);
    real.start(ofBlue);
    for (var name : List.of("db", "db-1")) {
      assertThat(resolved(red, name)).as(name).containsExactly(address(ofRed));
      assertThat(resolved(blue, name)).as(name).containsExactly(address(ofBlue));
    }
    assertThat(resolved(bare, "db")).containsExactly(address(bare));
    assertThat(resolved(red, "db.blue")).containsExactly(address(ofBlue));
    var cache = container(new ServiceId(Uuids.random()), "cache", 1, ADMIN);
    real.start(cache);
    assertThat(resolved(red, "cache")).containsExactly(address(cache));
  }

  @Test
  void areNotReachedFromAnotherNamespace() throws Exception {
    var target = container(shop, "shop", 1, ADMIN);
    real.start(target);
    var friend = container(visitor, "visitor", 1, ADMIN);
    real.start(friend);
    await().until(() -> fetched(friend, address(target)).contains(PAGE));
    var stranger = container(visitor, "visitor", 2, new Namespace("other"));
    real.start(stranger);
    assertThat(resolved(stranger, "shop")).isEmpty();
    assertThat(fetched(stranger, address(target))).doesNotContain(PAGE);
  }

  @Test
  void leaveNoNetworkBehind() {
    var one = container(shop, "shop", 1, ADMIN);
    var other = container(visitor, "visitor", 1, ADMIN);
    real.start(one);
    var _ = real.create(other);
    assertThat(networks()).hasSize(1);
    real.engine.remove(real.found(one).engineId());
    real.engine.tidy(real.node, Duration.ZERO);
    assertThat(networks()).as("the other has not been started yet").hasSize(1);
    real.engine.start(real.found(other).engineId());
    real.engine.remove(real.found(other).engineId());
    real.engine.tidy(real.node, Duration.ofMinutes(1));
    assertThat(networks()).as("it was needed a moment ago").hasSize(1);
    real.engine.tidy(real.node, Duration.ZERO);
    assertThat(networks()).isEmpty();
    real.start(one);
    await().until(() -> networks().size() == 1);
  }
}
