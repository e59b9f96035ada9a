package dev.slipway.query;

import static dev.slipway.query.service.Happenings.NAMESPACE;
import static dev.slipway.query.service.Happenings.NODE;
import static dev.slipway.query.service.Happenings.START;
import static dev.slipway.query.service.Happenings.record;
import static dev.slipway.query.service.Happenings.records;
import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.action.ActionEvent.ActionEnded;
import dev.slipway.model.action.ActionEvent.ActionTaken;
import dev.slipway.model.action.ActionId;
import dev.slipway.model.action.ActionRequest;
import dev.slipway.model.action.ActionState;
import dev.slipway.model.action.Origin;
import dev.slipway.model.container.ContainerId;
import dev.slipway.model.node.NodeEvent.NodeRegistered;
import dev.slipway.model.node.NodeEvent.NodeUpdated;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.service.ServiceEvent.ServiceCreated;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.wire.Topics;
import dev.slipway.query.projection.FakeLog;
import dev.slipway.query.service.Happenings;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists, filter by filter, as old clients ask for them. */
class ListsApiTest {

  static final FakeLog LOG = new FakeLog();
  static final ServiceId WEB = new ServiceId("aaaa0000-0000-4000-8000-000000000001");
  static final ServiceId IDLE = new ServiceId("bbbb0000-0000-4000-8000-000000000002");
  static final ServiceId GONE = new ServiceId("aaaa0000-0000-4000-8000-000000000003");
  static QueryServer server;

  @BeforeAll
  static void start() {
    var facts =
        new NodeFacts(
            "here", List.of(), "127.0.0.1", "20.10", new NodeFacts.Capacity(2, 4096, 9), false);
    node(new NodeRegistered(NODE, NAMESPACE, facts), 0);
    node(new NodeUpdated(NODE, "mine", List.of()), 1);
    records(Happenings.running(WEB, "web")).forEach(LOG::append);
    records(List.of(new ServiceCreated(IDLE, NAMESPACE, Happenings.definition("idle"), null)))
        .forEach(LOG::append);
    records(Happenings.running(GONE, "gone")).forEach(LOG::append);
    records(Happenings.terminated(GONE), 9).forEach(LOG::append);
    action(1, "Service Start", WEB.value(), ActionState.SUCCESS);
    action(2, "Container Stop", ContainerId.of(WEB, 1, 1).value(), ActionState.FAILED);
    action(3, "Service Start", IDLE.value(), ActionState.IN_PROGRESS);
    server = new QueryServer(LOG, "--slipway.terminated-shown=36500d");
  }

  static void node(Object event, long sequence) {
    LOG.append(record(Topics.NODE_EVENTS, NODE.value(), event, sequence, START));
  }

  static void action(int number, String name, String object, ActionState state) {
    var id = new ActionId("ac000000-0000-4000-8000-%012d".formatted(number));
    var request =
        new ActionRequest(
            NAMESPACE,
            name,
            "/api/app/v1/admin/x/" + object + "/",
            "POST",
            "/",
            "{}",
            new Origin("admin", "", "", null));
    var at = START.plusSeconds(number * 10L);
    var taken = new ActionTaken(id, request, ActionState.IN_PROGRESS, null);
    LOG.append(record(Topics.ACTION_EVENTS, id.value(), taken, 0, at));
    if (state != ActionState.IN_PROGRESS) {
      var ended = new ActionEnded(id, state, null);
      LOG.append(record(Topics.ACTION_EVENTS, id.value(), ended, 1, at.plusSeconds(5)));
    }
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "app, service, name, '', 'web gone idle'",
    "app, service, name, name=web, web",
    "app, service, name, name=gone, gone",
    "app, service, name, name=Web, ''",
    "app, service, name, name=, ''",
    "app, service, name, name=null, ''",
    "app, service, name, name=.*, ''",
    "app, service, name, name=%00, ''",
    "app, service, name, name=%24ne, ''",
    "app, service, name, state=Running, web",
    "app, service, name, state=Not+running, idle",
    "app, service, name, state=Init, idle",
    "app, service, name, state=Terminated, gone",
    "app, service, name, state=Running&name=idle, ''",
    "app, service, name, uuid={GONE}, gone",
    "app, service, name, uuid=/api/app/v1/service/{WEB}/, web",
    "app, service, name, uuid__startswith=aaaa, web",
    "app, service, name, uuid__startswith=AAAA0000-0000, web",
    "app, service, name, uuid__startswith=aaaa&state=Terminated, gone",
    "app, service, name, uuid__startswith=web, ''",
    "app, service, name, uuid__startswith=%5Ea, ''",
    "app, service, name, stack__name=shop&name=web, ''",
    "app, service, name, user=admin&token=x&name=web, web",
    "app, container, name, service={WEB}, 'web-1 web-2'",
    "app, container, name, service=%2Fapi%2Fapp%2Fv1%2Fadmin%2Fservice%2F{WEB}%2F, 'web-1 web-2'",
    "app, container, name, name=web-2, web-2",
    "app, container, name, service__name=web&name=web-1, web-1",
    "app, container, name, state=Running, 'web-1 web-2'",
    "app, container, name, state=Terminated, 'gone-1 gone-2'",
    "app, container, name, state=Stopped, ''",
    "app, container, name, node={NODE}&name=web-1, web-1",
    "app, container, name, node={WEB}, ''",
    "app, container, name, service__stack__name=shop&name=web-1, ''",
    "infra, node, nickname, '', mine",
    "infra, node, nickname, state=Deployed, mine",
    "infra, node, nickname, state=Terminated, ''",
    "infra, node, nickname, nickname=mine, mine",
    "infra, node, nickname, docker_version=20.10, mine",
    "infra, node, nickname, uuid__startswith=3f0c, mine",
    "infra, node, nickname, region=/api/infra/v1/region/aws/x/, ''",
    "infra, nodecluster, name, uuid__startswith=aa, ''",
    "infra, nodecluster, name, name=web, ''",
    "infra, provider, name, '', ''",
    "infra, region, name, '', ''",
    "infra, az, name, '', ''",
    "infra, nodetype, name, '', ''",
    "infra, tag, name, '', ''",
    "repo, repository, name, '', ''",
    "repo, registry, name, '', ''",
  })
  void haveWhatTheFiltersLeaveOldestFirst(
      String part, String list, String field, String filters, String expected) throws Exception {
    for (var namespace : List.of("", "admin/")) {
      var path = "/api/%s/v1/%s%s/?%s".formatted(part, namespace, list, named(filters));
      assertThat(server.texts(path, field)).as(path).containsExactly(words(expected));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', '3 2 1'",
    "uuid__startswith=ac, '3 2 1'",
    "uuid=ac000000-0000-4000-8000-000000000002, 2",
    "state=Success, 1",
    "state=In+progress, 3",
    "name=Service+Start, '3 1'",
    "action=Container+Stop, 2",
    "object={WEB}, 1",
    "object=/api/app/v1/service/{WEB}/, 1",
    "object={WEB}&include_related=true, '2 1'",
    "object={WEB}&include_related=False, 1",
    "created__gte=2026-01-02T03:04:25Z, '3 2'",
    "created__lte=2026-01-02, ''",
    "start_date__lte=2026-01-02T03:04:25, '2 1'",
    "'start_date__gte=Fri,+02+Jan+2026+03:04:35+%2B0000', 3",
    "end_date__gte=2026-01-02T03:04:30Z, 2",
    "end_date__lte=2026-01-02T03:04:29Z, 1",
    "end_date__lte=2099-01-01, '2 1'",
  })
  void haveActionsNewestFirst(String filters, String expected) throws Exception {
    var uuids = server.texts("/api/audit/v1/action/?" + named(filters), "uuid");
    assertThat(uuids.stream().map(uuid -> uuid.replaceFirst(".*-0*", "")))
        .containsExactly(words(expected));
  }

  @ParameterizedTest
  @CsvSource({
    "app/v1/service/?colour=red, colour is not a filter",
    "app/v1/service/?limit=x, limit must be",
    "app/v1/service/?limit=-1, limit must be",
    "app/v1/service/?limit=1.5, limit must be",
    "app/v1/service/?limit=, limit must be",
    "app/v1/service/?offset=-1, offset must be",
    "app/v1/service/?offset=null, offset must be",
    "app/v1/service/?name=web&name=idle, name must be given once",
    "app/v1/service/?limit=1&limit=2, limit must be given once",
    "app/v1/service/?state=, state must be one of",
    "app/v1/service/?state=running, state must be one of",
    "app/v1/service/?uuid=web, uuid must be",
    "app/v1/container/?state=Happy, state must be one of",
    "app/v1/container/?service=web, service must be",
    "app/v1/container/?node=, node must be",
    "app/v1/container/?image=x, image is not a filter",
    "infra/v1/node/?state=Happy, state must be one of",
    "infra/v1/node/?name=x, name is not a filter",
    "infra/v1/nodecluster/?limit=x, limit must be",
    "infra/v1/nodecluster/?name=a&name=b&limit=1&limit=2, limit must be given once",
    "audit/v1/action/?state=success, state must be one of",
    "audit/v1/action/?object=web, object must be",
    "audit/v1/action/?created__gte=soon, created__gte must be a date",
    "audit/v1/action/?include_related=perhaps, include_related must be",
    "audit/v1/action/?created=2026-01-02, created is not a filter",
    "app/v1/service/{WEB}/history/?colour=x, colour is not a filter of this list; it has after",
    "app/v1/service/{WEB}/trigger/?colour=x, colour is not a filter of this list; it has name",
    "infra/v1/node/{NODE}/unowned/?colour=x, colour is not a filter of this list; it has none",
  })
  void refuseWhatTheyDoNotKnow(String path, String error) throws Exception {
    var response = server.get("/api/" + named(path));
    assertThat(response.statusCode()).as(response.body()).isEqualTo(400);
    assertThat(response.body()).startsWith("{\"error\":\"" + error);
  }

  @ParameterizedTest
  @CsvSource({
    "limit=2, 2, 0, 2",
    "limit=0, 100, 0, 3",
    "limit=101, 100, 0, 3",
    "limit=99999999999999999999, 100, 0, 3",
    "offset=2, 25, 2, 1",
    "offset=3, 25, 3, 0",
    "offset=2147483647, 25, 2147483647, 0",
    "offset=99999999999999999999, 25, 2147483647, 0",
  })
  void havePagesWithinBounds(String page, int limit, int offset, int objects) throws Exception {
    var list = server.json("/api/app/v1/service/?" + page);
    assertThat(list.get("meta").get("limit").asInt()).isEqualTo(limit);
    assertThat(list.get("meta").get("offset").asInt()).isEqualTo(offset);
    assertThat(list.get("meta").get("total_count").asInt()).isEqualTo(3);
    assertThat(list.get("objects")).hasSize(objects);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/app/v1/admin/service/?state=Running&limit=1",
        "/api/app/v1/admin/container/?node={NODE}&limit=1",
        "/api/audit/v1/action/?name=Service+Start&limit=1",
      })
  void areReadWholeByTheirLinks(String first) throws Exception {
    var path = named(first);
    int seen = 0;
    var list = server.json(path);
    int total = list.get("meta").get("total_count").asInt();
    while (!list.get("meta").get("next").isNull()) {
      seen += list.get("objects").size();
      var next = list.get("meta").get("next").asString();
      assertThat(next).startsWith("/api/");
      list = server.json(next);
    }
    assertThat(seen + list.get("objects").size()).isEqualTo(total);
  }

  static String[] words(String text) {
    return Arrays.stream(text.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new);
  }

  static String named(String text) {
    return text.replace("{WEB}", WEB.value())
        .replace("{GONE}", GONE.value())
        .replace("{NODE}", NODE.value());
  }
}
