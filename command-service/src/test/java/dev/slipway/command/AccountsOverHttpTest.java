package dev.slipway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.command.node.NodeAdmission;
import dev.slipway.http.AccountLog;
import dev.slipway.http.Directory;
import dev.slipway.model.Namespace;
import dev.slipway.model.Secret;
import dev.slipway.model.account.AccessKey;
import dev.slipway.model.account.AccountEvent;
import dev.slipway.model.account.AccountEvent.TokenGranted;
import dev.slipway.model.account.AccountEvent.TokenRevoked;
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.api.ReadModel;
import dev.slipway.model.container.ContainerId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.messaging.unitofwork.DefaultUnitOfWork;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who gets in and what each may do, over HTTP; the log of accounts comes without a Kafka. */
class AccountsOverHttpTest {

  private static final String ACCOUNT = "/api/account/v1/";
  private static final String SERVICES = "/api/app/v1/service/";
  private static final String HELLO = "{\"image\":\"demo/hello\"}";
  private static final String ADMIN = basic("admin", "key");
  private static final AtomicInteger NAMES = new AtomicInteger();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static EmbeddedPostgres postgres;
  private static ConfigurableApplicationContext context;
  private static String base;

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @Import(CommandServiceConfiguration.class)
  static class WithAccountsOnly {
    @Bean
    ReadModel readModel() {
      return (_, _) -> true;
    }

    @Bean
    AccountLog accountLog(org.axonframework.config.Configuration axon) {
      return new StoredAccountLog(axon.eventStore());
    }
  }

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    context =
        new SpringApplicationBuilder(WithAccountsOnly.class)
            .properties("spring.config.name=command-service")
            .run(
                "--slipway.port=0",
                "--slipway.user=admin",
                "--slipway.apikey=key",
                "--slipway.query=false",
                "--slipway.kafka=127.0.0.1:1",
                "--slipway.publishing-patience=1h",
                "--slipway.postgres=" + postgres.getJdbcUrl("postgres", "postgres"));
    base = "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port");
  }

  @AfterAll
  static void stop() throws Exception {
    context.close();
    postgres.close();
  }

  private static String basic(String user, String key) {
    var pair = (user + ":" + key).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  private static HttpResponse<String> send(String login, String method, String path, String body)
      throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(base + path))
            .header("Authorization", login)
            .method(method, BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, BodyHandlers.ofString());
  }

  private static JsonNode expect(int status, String login, String method, String path, String body)
      throws Exception {
    var answer = send(login, method, path, body);
    assertThat(answer.statusCode()).as(method + " " + path + answer.body()).isEqualTo(status);
    var json = JsonMapper.shared().readTree(answer.body());
    if (status >= 400) {
      assertThat(json.path("error").asString()).as(path).isNotEmpty();
    }
    return json;
  }

  private static String name(String like) {
    return like + NAMES.incrementAndGet();
  }

  private static String newUser() throws Exception {
    var user = name("user");
    expect(201, ADMIN, "POST", ACCOUNT + "user/", "{\"name\":\"%s\"}".formatted(user));
    return user;
  }

  private static String newOrganisation() throws Exception {
    var organisation = name("acme");
    expect(
        201, ADMIN, "POST", ACCOUNT + "organisation/", "{\"name\":\"%s\"}".formatted(organisation));
    return organisation;
  }

  private static void member(String login, String organisation, String user, String role)
      throws Exception {
    expect(
        201,
        login,
        "POST",
        ACCOUNT + "organisation/%s/member/".formatted(organisation),
        "{\"user\":\"%s\",\"role\":\"%s\"}".formatted(user, role));
  }

  /** A first key, which only the administrator can make. */
  private static String login(String user) throws Exception {
    var made = expect(201, ADMIN, "POST", ACCOUNT + "apikey/?user=" + user, "{}");
    assertThat(made.path("user").asString()).isEqualTo(user);
    return basic(user, made.path("apikey").asString());
  }

  private static String in(String organisation) {
    return "/api/app/v1/%s/service/".formatted(organisation);
  }

  @Test
  void aUserHasItsOwnNamespaceAndSeesNoOther() throws Exception {
    var alice = newUser();
    var login = login(alice);
    var mine = expect(201, login, "POST", SERVICES, HELLO);
    assertThat(mine.path("resource_uri").asString()).startsWith(in(alice));

    var theirs = expect(201, ADMIN, "POST", SERVICES, HELLO).path("resource_uri").asString();
    expect(404, login, "POST", theirs + "stop/", "");
    expect(404, login, "POST", theirs.replace("/admin/", "/") + "stop/", "");
    expect(404, login, "POST", in("nobody"), HELLO);
    expect(404, ADMIN, "POST", in(alice), HELLO);
    expect(403, login, "POST", ACCOUNT + "user/", "{\"name\":\"mallory\"}");
    expect(403, login, "POST", ACCOUNT + "organisation/", "{\"name\":\"evil\"}");
    expect(403, login, "POST", ACCOUNT + "apikey/?user=admin", "{}");
  }

  @Test
  void membersDoInAnOrganisationWhatTheirRolesAllow() throws Exception {
    var acme = newOrganisation();
    var reader = newUser();
    var operator = newUser();
    var admin = newUser();
    member(ADMIN, acme, admin, "admin");
    member(login(admin), acme, reader, "reader");
    member(ADMIN, acme, operator, "operator");

    var uri = expect(201, login(operator), "POST", in(acme), HELLO).path("resource_uri").asString();
    assertThat(uri).startsWith(in(acme));
    var refusal = expect(403, login(reader), "POST", in(acme), HELLO);
    assertThat(refusal.path("error").asString())
        .isEqualTo("this needs the role operator in %s; you are reader there".formatted(acme));
    expect(403, login(reader), "PATCH", uri, "{}");
    expect(403, login(reader), "DELETE", uri, "");
    expect(405, login(reader), "GET", uri, ""); // let in, but read elsewhere
    expect(409, login(admin), "POST", uri + "stop/", "");
    expect(403, login(operator), "PATCH", "/api/infra/v1/%s/node/n/".formatted(acme), "{}");
    expect(404, login(admin), "PATCH", "/api/infra/v1/%s/node/n/".formatted(acme), "{}");
    expect(403, login(operator), "POST", membersOf(acme), "{}");
    expect(404, login(newUser()), "POST", membersOf(acme), "{}");

    expect(200, login(admin), "DELETE", membersOf(acme) + operator + "/", "");
    expect(404, login(operator), "POST", in(acme), HELLO);
    expect(404, login(admin), "DELETE", membersOf(acme) + operator + "/", "");
  }

  private static String membersOf(String organisation) {
    return ACCOUNT + "organisation/%s/member/".formatted(organisation);
  }

  @Test
  void aKeyIsShownOnceAndWorksUntilItIsRevoked() throws Exception {
    var alice = newUser();
    var first = login(alice);
    var made =
        expect(201, first, "POST", ACCOUNT + "apikey/", "{\"label\":\"CI\",\"role\":\"reader\"}");
    var key = made.path("apikey").asString();
    assertThat(AccessKey.hasForm(new Secret(key))).isTrue();
    var limited = basic(alice, key);

    var listed = expect(200, limited, "GET", ACCOUNT + "apikey/", "");
    assertThat(listed.path("meta").path("total_count").asInt()).isEqualTo(2);
    assertThat(listed.toString()).contains("\"CI\"", "\"reader\"").doesNotContain(key);
    expect(403, limited, "POST", SERVICES, HELLO);
    expect(403, limited, "POST", ACCOUNT + "apikey/", "{}");

    expect(200, first, "DELETE", made.path("resource_uri").asString(), "");
    expect(401, limited, "GET", ACCOUNT + "apikey/", "");
    expect(404, first, "DELETE", made.path("resource_uri").asString(), "");
    var stored =
        context
            .getBean(JdbcTemplate.class)
            .queryForList("SELECT payload || meta_data FROM events", String.class);
    assertThat(stored).noneMatch(event -> event.contains(key));
  }

  @Test
  void showsUsersOrganisationsMembersAndKeysToWhoMaySeeThem() throws Exception {
    var acme = newOrganisation();
    var alice = newUser();
    var login = login(alice);
    var stranger = login(newUser());
    member(ADMIN, acme, alice, "operator");
    var user = ACCOUNT + "user/%s/".formatted(alice);
    assertThat(expect(200, login, "GET", user, "").path("name").asString()).isEqualTo(alice);
    expect(200, ADMIN, "GET", user, "");
    expect(404, stranger, "GET", user, "");

    var organisations = ACCOUNT + "organisation/";
    assertThat(expect(200, login, "GET", organisations, "").path("objects"))
        .extracting(one -> one.path("name").asString())
        .containsExactly(acme);
    assertThat(expect(200, stranger, "GET", organisations, "").path("objects")).isEmpty();
    var organisation = organisations + acme + "/";
    assertThat(expect(200, login, "GET", organisation, "").path("role").asString())
        .isEqualTo("operator");
    expect(404, stranger, "GET", organisation, "");

    assertThat(expect(200, login, "GET", membersOf(acme), "").path("objects"))
        .extracting(one -> one.path("user").asString())
        .contains(alice);
    var member = membersOf(acme) + alice + "/";
    assertThat(expect(200, login, "GET", member, "").path("role").asString()).isEqualTo("operator");
    expect(404, login, "GET", membersOf(acme) + "nobody/", "");
    expect(404, stranger, "GET", member, "");

    var key = expect(200, login, "GET", ACCOUNT + "apikey/", "").path("objects").path(0);
    var uri = ACCOUNT + "apikey/%s/".formatted(key.path("uuid").asString());
    assertThat(expect(200, login, "GET", uri, "")).isEqualTo(key);
    expect(200, ADMIN, "GET", uri + "?user=" + alice, "");
    expect(404, stranger, "GET", uri, "");
    expect(404, stranger, "GET", uri + "?user=" + alice, "");
  }

  @Test
  void aDeletedUserIsLetInNoMoreAndItsNameStaysTaken() throws Exception {
    var alice = newUser();
    var login = login(alice);
    expect(200, ADMIN, "DELETE", ACCOUNT + "user/%s/".formatted(alice), "");
    expect(401, login, "GET", ACCOUNT + "user/", "");
    expect(409, ADMIN, "POST", ACCOUNT + "user/", "{\"name\":\"%s\"}".formatted(alice));
    expect(404, ADMIN, "POST", ACCOUNT + "apikey/?user=" + alice, "{}");
    expect(409, ADMIN, "DELETE", ACCOUNT + "user/admin/", "");
  }

  @Test
  void everyWriteLeavesAnAction() throws Exception {
    var taken =
        send(
            ADMIN,
            "POST",
            ACCOUNT + "user/",
            "{\"name\":\"%s\",\"password\":\"pw1\"}".formatted(name("u")));
    assertThat(action(taken)).contains("\"User Create\"", "\"SUCCESS\"").doesNotContain("pw1");
    var refused = send(ADMIN, "POST", ACCOUNT + "user/", "{\"name\":\"service\"}");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(action(refused)).contains("\"FAILED\"", "must not be a word of the API");
  }

  private static String action(HttpResponse<String> answer) {
    var uri = answer.headers().firstValue("X-DockerCloud-Action-URI").orElseThrow();
    return context
        .getBean(JdbcTemplate.class)
        .queryForObject(
            "SELECT payload FROM events WHERE aggregate_identifier = ?",
            String.class,
            uri.split("/")[5]);
  }

  @Test
  void refusesWhatIsNoAccount() throws Exception {
    var acme = newOrganisation();
    expect(400, ADMIN, "POST", ACCOUNT + "user/", "{}");
    expect(400, ADMIN, "POST", ACCOUNT + "user/", "{\"name\":7}");
    expect(400, ADMIN, "POST", ACCOUNT + "user/", "{\"name\":\"A B\"}");
    expect(409, ADMIN, "POST", ACCOUNT + "user/", "{\"name\":\"admin\"}");
    expect(409, ADMIN, "POST", ACCOUNT + "user/", "{\"name\":\"%s\"}".formatted(acme));
    expect(400, ADMIN, "POST", ACCOUNT + "apikey/", "{\"role\":\"king\"}");
    expect(400, ADMIN, "POST", membersOf(acme), "{\"user\":\"nobody\",\"role\":\"reader\"}");
    expect(400, ADMIN, "POST", membersOf(acme), "{\"user\":\"admin\"}");
    expect(404, ADMIN, "POST", membersOf("no-such"), "{\"user\":\"admin\",\"role\":\"reader\"}");
    expect(404, ADMIN, "DELETE", ACCOUNT + "user/no-such/", "");
    expect(404, ADMIN, "DELETE", ACCOUNT + "apikey/no-uuid/", "");
    expect(404, ADMIN, "GET", membersOf("no-such"), "");
    var service = expect(201, ADMIN, "POST", SERVICES, HELLO).path("uuid").asString();
    expect(404, ADMIN, "DELETE", ACCOUNT + "user/%s/".formatted(service), "");
  }

  @Test
  void aPolicyKeepsContainersOffTheirHosts() throws Exception {
    var user = newUser();
    var own = login(user);
    var policy = ACCOUNT + "policy/" + user + "/";
    var dangerous = "{\"image\":\"demo/hello\",\"privileged\":true}";
    var denied = expect(400, own, "POST", SERVICES, dangerous);
    assertThat(denied.path("error").asString())
        .isEqualTo("privileged is denied by the policy of " + user);
    expect(400, own, "POST", SERVICES + "?dry_run=true", dangerous);
    var service = expect(201, own, "POST", SERVICES, HELLO).path("resource_uri").asString();
    expect(400, own, "PATCH", service, "{\"net\":\"host\"}");
    expect(403, own, "PATCH", policy, "{\"privileged\":\"allow\"}");
    expect(403, own, "PATCH", policy, "{\"engine_socket\":\"allow\"}");
    var loosened = expect(200, ADMIN, "PATCH", policy, "{\"privileged\":\"warn\"}");
    assertThat(loosened.path("privileged").asString()).isEqualTo("warn");
    assertThat(loosened.path("net").asString()).isEqualTo("deny");
    assertThat(expect(200, own, "GET", policy, "")).isEqualTo(loosened);
    var warned = send(own, "POST", SERVICES, dangerous);
    assertThat(warned.statusCode()).isEqualTo(201);
    assertThat(warned.headers().allValues("Slipway-Warning"))
        .containsExactly("privileged is warned of by the policy of " + user);
    expect(200, own, "PATCH", policy, "{\"privileged\":\"deny\"}");
    assertThat(loosened.path("exec").asString()).isEqualTo("allow");
    var tightened = expect(200, own, "PATCH", policy, "{\"exec\":\"deny\"}");
    assertThat(tightened.path("exec").asString()).isEqualTo("deny");
    expect(403, own, "PATCH", policy, "{\"exec\":\"warn\"}");
    expect(400, own, "PATCH", policy, "{\"exec\":\"never\"}");
    expect(400, own, "POST", SERVICES, dangerous);
    expect(404, own, "GET", ACCOUNT + "policy/admin/", "");
    expect(404, own, "PATCH", ACCOUNT + "policy/admin/", "{}");
  }

  @Test
  void aTokenLetsNodesIntoItsNamespaceUntilItExpires() throws Exception {
    var user = newUser();
    var own = login(user);
    var answer = expect(201, own, "POST", "/api/infra/v1/token/", "");
    var token = KeyHash.of(new Secret(answer.path("token").asString()));
    var directory = context.getBean(Directory.class);
    var closed = new NodeAdmission(directory, new Namespace("admin"), false);
    var now = Instant.now();
    assertThat(closed.admit(token, now)).contains(new Namespace(user));
    assertThat(closed.admit(token, now.plus(Duration.ofHours(25)))).isEmpty();
    assertThat(closed.admit(KeyHash.of(AccessKey.draw()), now)).isEmpty();
    assertThat(closed.admit(null, now)).isEmpty();
    var open = new NodeAdmission(directory, new Namespace("admin"), true);
    assertThat(open.admit(null, now)).contains(new Namespace("admin"));
    expect(201, ADMIN, "POST", "/api/infra/v1/token/", "");
    var acme = newOrganisation();
    var member = "{\"user\":\"%s\",\"role\":\"operator\"}".formatted(user);
    expect(201, ADMIN, "POST", membersOf(acme), member);
    expect(403, own, "POST", "/api/infra/v1/" + acme + "/token/", "");
  }

  @Test
  void theAdministratorMayDoAllAndGiveAnEngineAwayByAPolicyOfThatNameOnly() throws Exception {
    expect(201, ADMIN, "POST", SERVICES, "{\"image\":\"demo/hello\",\"privileged\":true}");
    var binding =
        "{\"image\":\"demo/hello\",\"bindings\":[{\"container_path\":\"/x\",\"host_path\":\"%s\"}]}";
    expect(201, ADMIN, "POST", SERVICES, binding.formatted("/srv"));
    var refused = expect(400, ADMIN, "POST", SERVICES, binding.formatted("/var/run/docker.sock"));
    assertThat(refused.path("error").asString())
        .isEqualTo(
            "bindings[0] is denied by the policy engine_socket of admin"
                + ": /var/run/docker.sock gives the node's Engine away, and root with it");
    var policy = ACCOUNT + "policy/admin/";
    expect(400, ADMIN, "PATCH", policy, "{\"host_paths\":[\"srv\"]}");
    expect(400, ADMIN, "PATCH", policy, "{\"net\":\"never\"}");
    var allowed = expect(200, ADMIN, "PATCH", policy, "{\"engine_socket\":\"allow\"}");
    assertThat(allowed.path("engine_socket").asString()).isEqualTo("allow");
    expect(201, ADMIN, "POST", SERVICES, binding.formatted("/var/run/docker.sock"));
    expect(200, ADMIN, "PATCH", policy, "{\"engine_socket\":\"deny\"}");
    expect(200, ADMIN, "PATCH", policy, "{\"host_paths\":[\"/srv//data\"]}");
    expect(400, ADMIN, "POST", SERVICES, binding.formatted("/srv"));
    expect(201, ADMIN, "POST", SERVICES, binding.formatted("/srv/data/x"));
    expect(200, ADMIN, "PATCH", policy, "{\"host_paths\":[\"/\"]}");
    expect(201, ADMIN, "POST", ACCOUNT + "apikey/", "{\"label\":\"after\"}");
  }

  @Test
  void aStackTakesNoServiceOfAnotherNamespace() throws Exception {
    var foreign = expect(201, ADMIN, "POST", SERVICES, HELLO).path("uuid").asString();
    var own = login(newUser());
    var stack = "{\"name\":\"s\",\"services\":[{\"name\":\"web\",\"image\":\"demo/hello\",%s}]}";
    for (var reference :
        List.of(
            "\"bindings\":[{\"volumes_from\":\"%s\"}]",
            "\"linked_to_service\":[{\"to_service\":\"%s\",\"name\":\"x\"}]",
            "\"depends_on\":[\"%s\"]")) {
      var refused =
          expect(
              400,
              own,
              "POST",
              "/api/app/v1/stack/",
              stack.formatted(reference.formatted(foreign)));
      assertThat(refused.path("error").asString()).contains("names no service: " + foreign);
    }
    expect(202, ADMIN, "DELETE", SERVICES + foreign + "/", "");
  }

  @Test
  void aStackThatAPolicyDeniesIsRefusedAsAWhole() throws Exception {
    var own = login(newUser());
    var stack =
        "{\"name\":\"s\",\"services\":[{\"name\":\"good\",\"image\":\"demo/hello\"},"
            + "{\"name\":\"bad\",\"image\":\"demo/hello\",\"privileged\":true}]}";
    var refused = expect(400, own, "POST", "/api/app/v1/stack/", stack);
    assertThat(refused.path("error").asString())
        .contains("services[1].privileged")
        .contains("(service bad)");
    expect(
        400,
        own,
        "POST",
        "/api/app/v1/stack/",
        stack); // its name is still free, and nothing was stored
  }

  @Test
  void whatOpensTheHostIsDeniedThoughBindingsAreAllowed() throws Exception {
    var user = newUser();
    var policy = "{\"bindings\":\"allow\",\"host_paths\":[\"/\"]}";
    expect(200, ADMIN, "PATCH", ACCOUNT + "policy/" + user + "/", policy);
    var binding =
        "{\"image\":\"demo/hello\",\"bindings\":[{\"container_path\":\"/x\",\"host_path\":\"%s\"}]}";
    for (var path :
        List.of("/", "/proc", "/sys/fs", "/dev", "/etc", "/etc/shadow", "/run/user/0", "/run")) {
      var refused = expect(400, login(user), "POST", SERVICES, binding.formatted(path));
      assertThat(refused.path("error").asString()).contains("engine_socket");
    }
    expect(201, login(user), "POST", SERVICES, binding.formatted("/srv/data"));
  }

  @Test
  void aTokenOperatesInItsNamespaceUntilItIsRevoked() throws Exception {
    var acme = newOrganisation();
    var container = new ContainerId("c0000000-0000-4000-8000-00000000000c");
    var token = AccessKey.draw();
    publish(0, new TokenGranted(container, new Namespace(acme), KeyHash.of(token)));
    var tokenLogin = "TutumAccessKey " + token.reveal();
    await().until(() -> send(tokenLogin, "GET", ACCOUNT + "user/", "").statusCode() == 200);
    for (var form : new String[] {"TutumAccessKey ", "Bearer "}) {
      var login = form + token.reveal();
      var made = expect(201, login, "POST", SERVICES, HELLO);
      assertThat(made.path("resource_uri").asString()).startsWith(in(acme));
      expect(403, login, "POST", ACCOUNT + "apikey/", "{}");
      expect(404, login, "POST", in("admin"), HELLO);
    }
    publish(1, new TokenRevoked(container));
    await().until(() -> send(tokenLogin, "GET", ACCOUNT + "user/", "").statusCode() == 401);
    for (int i = 0; i < 20; i++) {
      expect(401, tokenLogin, "POST", SERVICES, HELLO);
    }
    expect(201, ADMIN, "POST", SERVICES, HELLO);
  }

  /** As the aggregate of the container's service does, in its own transaction. */
  private static void publish(long sequence, AccountEvent event) {
    var events = context.getBean(org.axonframework.config.Configuration.class).eventStore();
    var work = DefaultUnitOfWork.startAndGet(GenericEventMessage.asEventMessage(event));
    events.publish(new GenericDomainEventMessage<>("Account", event.subject(), sequence, event));
    work.commit();
  }

  @Test
  void makesWhoFailsTooOftenWaitEvenWithTheRightKey() throws Exception {
    var alice = newUser();
    var login = login(alice);
    for (int i = 0; i < 20; i++) { // no guesses: no key has this form
      expect(401, basic(alice, "guess"), "GET", ACCOUNT + "user/", "");
    }
    for (int i = 0; i < 10; i++) {
      expect(401, basic(alice, "0".repeat(40)), "GET", ACCOUNT + "user/", "");
    }
    var shut = send(login, "GET", ACCOUNT + "user/", "");
    assertThat(shut.statusCode()).isEqualTo(429);
    assertThat(shut.headers().firstValueAsLong("Retry-After").orElse(0)).isBetween(50L, 60L);
    assertThat(shut.body()).startsWith("{\"error\":\"too many logins have failed");
    expect(200, ADMIN, "GET", ACCOUNT + "user/", "");
  }

  @Test
  void guessesOfOthersLockNobodyOutWhoHasLoggedInFromThere() throws Exception {
    var alice = newUser();
    var login = login(alice);
    expect(200, login, "GET", ACCOUNT + "user/", "");
    for (int i = 0; i < 10; i++) {
      expect(401, basic(alice, "0".repeat(40)), "GET", ACCOUNT + "user/", "");
    }
    expect(429, basic(alice, "0".repeat(40)), "GET", ACCOUNT + "user/", "");
    expect(200, login, "GET", ACCOUNT + "user/", "");
  }

  @Test
  void letsTriggersBeCalledWithoutALogin() throws Exception {
    var call = SERVICES + "5e0c7d7e-0000-4000-8000-00000000dead/trigger/%s/call/";
    var trigger = "5e0c7d7e-0000-4000-8000-00000000beef";
    var open =
        HttpRequest.newBuilder(URI.create(base + call.formatted(trigger)))
            .POST(BodyPublishers.noBody())
            .build();
    assertThat(HTTP.send(open, BodyHandlers.ofString()).statusCode()).isNotEqualTo(401);
    var shut =
        HttpRequest.newBuilder(URI.create(base + "/%61pi/app/v1/service/"))
            .POST(BodyPublishers.noBody())
            .build();
    assertThat(HTTP.send(shut, BodyHandlers.ofString()).statusCode()).isEqualTo(401);
  }
}
