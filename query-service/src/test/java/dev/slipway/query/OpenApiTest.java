package dev.slipway.query;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.slipway.http.AccountLog;
import dev.slipway.query.openapi.ApiDocument;
import dev.slipway.query.projection.FakeLog;
import dev.slipway.query.projection.KafkaAccess;
import dev.slipway.query.projection.Stores;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.json.JsonMapper;

/** The API document as it is served, against the API as it is served. */
class OpenApiTest {

  static final Pattern CHOICE = Pattern.compile("\\{\\w+:([^}]*)}");
  static final JsonMapper JSON = JsonMapper.shared();
  static final OpenAPI DOCUMENT = ApiDocument.build();
  static ServletWebServerApplicationContext context;

  @BeforeAll
  static void start() {
    var log = new FakeLog();
    var application = QueryServiceApplication.application();
    application.addInitializers(
        started -> {
          started.getBeanFactory().registerSingleton("log", (KafkaAccess) log);
          started
              .getBeanFactory()
              .registerSingleton("accountLog", (AccountLog) () -> log.consumer("directory"));
        });
    context =
        (ServletWebServerApplicationContext)
            application.run(
                "--slipway.port=0",
                "--slipway.user=admin",
                "--slipway.apikey=key",
                "--slipway.mongodb=" + Stores.freshUri());
  }

  @AfterAll
  static void stop() {
    context.close();
  }

  static HttpResponse<String> get(String path, String... headers) throws Exception {
    var uri = URI.create("http://127.0.0.1:%d%s".formatted(context.getWebServer().getPort(), path));
    var request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
  }

  static HttpResponse<String> getAsAdmin(String path) throws Exception {
    var login = Base64.getEncoder().encodeToString("admin:key".getBytes(StandardCharsets.UTF_8));
    return get(path, "Authorization", "Basic " + login);
  }

  @Test
  void servesTheDocumentToAnybodyAsItWasWritten() throws Exception {
    for (var language : List.of("en", "de", "en")) {
      var response = get("/v3/api-docs", "Accept-Language", language);
      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
      var served = JSON.readTree(response.body());
      assertThat(served.get("openapi").asString()).startsWith("3.1.");
      assertThat((Object) served).isEqualTo(JSON.readTree(Json31.pretty(DOCUMENT)));
    }
  }

  @Test
  void servesThePageToAnybodyWithNothingFromElsewhere() throws Exception {
    var page = get("/swagger-ui/index.html");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.body()).contains("swagger-ui-bundle.js").doesNotContain("://");
    assertThat(get("/swagger-ui/swagger-ui-bundle.js").statusCode()).isEqualTo(200);
    var settings = JSON.readTree(get("/v3/api-docs/swagger-config").body());
    assertThat(settings.get("url").asString()).isEqualTo("/v3/api-docs");
    assertThat(settings.get("validatorUrl").asString()).isEqualTo("none");
  }

  @Test
  void describesAllThatTheQuerySideTakes() {
    assertThat(ApiDocument.operations(DOCUMENT)).containsAll(taken());
  }

  /** Each as the document has it, such as {@code GET /api/app/v1/service/{uuid}/}. */
  static Set<String> taken() {
    var mapped =
        context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
    return mapped.getHandlerMethods().keySet().stream()
        .flatMap(OpenApiTest::operations)
        .collect(toSet());
  }

  static Stream<String> operations(RequestMappingInfo mapping) {
    var methods = mapping.getMethodsCondition().getMethods();
    assertThat(mapping.getPathPatternsCondition()).isNotNull();
    return mapping.getPathPatternsCondition().getPatternValues().stream()
        .filter(path -> path.startsWith("/api/") || path.equals("/auth"))
        .filter(path -> !refusesWhateverComes(path))
        .flatMap(OpenApiTest::paths)
        .map(path -> path.replace("{*", "{")) // a name with slashes
        .flatMap(path -> methods.stream().map(RequestMethod::name).map(m -> m + " " + path + "/"));
  }

  /** A 404 that names what is not there; the document has no need of it. */
  static boolean refusesWhateverComes(String path) {
    return path.endsWith("/{*id}");
  }

  /** A path for each choice that a variable of it allows. */
  static Stream<String> paths(String path) {
    var choice = CHOICE.matcher(path);
    return choice.find()
        ? Arrays.stream(choice.group(1).split("\\|", -1))
            .flatMap(one -> paths(choice.replaceFirst(one)))
        : Stream.of(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/app/v1/service/",
        "/api/app/v1/container/",
        "/api/app/v1/stack/",
        "/api/infra/v1/node/",
        "/api/audit/v1/action/"
      })
  void describesEachFilterThatAListHas(String list) throws Exception {
    await().until(() -> get("/actuator/health/readiness").statusCode() == 200);
    var refusal = getAsAdmin(list + "?nonsense=1");
    assertThat(refusal.statusCode()).isEqualTo(400);
    var error = JSON.readTree(refusal.body()).get("error").asString();
    var filters = error.substring(error.indexOf("it has ") + "it has ".length()).split(", ");
    assertThat(DOCUMENT.getPaths().get(list).getGet().getParameters())
        .extracting(Parameter::getName)
        .contains(filters);
  }
}
