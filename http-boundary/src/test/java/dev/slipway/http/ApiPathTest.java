package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiPathTest {

  @ParameterizedTest
  @CsvSource({
    "/api/app/v1/service/, /api/app/v1/service,",
    "/api/app/v1/service, /api/app/v1/service,",
    "/api/app/v1/me/service/, /api/app/v1/service, me",
    "/api/app/v1/me/service/u1//trigger/, /api/app/v1/service/u1/trigger, me",
    "//api//app/v1/service/u1/start/, /api/app/v1/service/u1/start,",
    "/api/app/v1/service/service/, /api/app/v1/service/service,",
    "/api/infra/v1/me/node/n1/, /api/infra/v1/node/n1, me",
    "/api/audit/v1/events, /api/audit/v1/events,",
    "/api/audit/v1/me/events/, /api/audit/v1/events, me",
    "/app/v1/container/c1/exec/, /api/app/v1/container/c1/exec,",
    "/audit/v1/action/a1/logs/, /api/audit/v1/action/a1/logs,",
    "/actuator/health/, /actuator/health,",
    "/api/other/v1/x/y/, /api/other/v1/x/y,",
    "/api/account/v1/apikey/, /api/account/v1/apikey,",
    "/api/account/v1/organisation/acme/member/alice/,"
        + " /api/account/v1/organisation/acme/member/alice,",
    "/api/account/v1/acme/user/, /api/account/v1/acme/user,",
    "/%61pi/app/v1/service;x=1/u1, /api/app/v1/service/u1,",
    "/api/app/v1/container/u1/%65xec;a=b, /api/app/v1/container/u1/exec,",
    "/api/app/v1/container/%2565xec/a%2Fb, /api/app/v1/container/%2565xec/a%2Fb,",
    "/, '',"
  })
  void hasOneForm(String path, String canonical, String namespace) {
    assertThat(ApiPath.of(path)).isEqualTo(new ApiPath(canonical, namespace));
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /api/app/v1/service/, true",
    "GET, /auth/, true",
    "GET, /%61uth/, true",
    "GET, /actuator/health, false",
    "GET, /actuator/health/readiness, false",
    "GET, /actuator/prometheus, true",
    "GET, /actuator, true",
    "GET, /internal/applied, true",
    "GET, /v3/api-docs, false",
    "POST, /api/app/v1/service/u1/trigger/t1/call/, false",
    "GET, /api/app/v1/service/u1/trigger/t1/call/, false",
    "POST, /api/app/v1/me/service/u1/trigger/t1/call/3, false",
    "DELETE, /api/app/v1/service/u1/trigger/t1/call/, true",
    "POST, /api/app/v1/service/u1/trigger/t1/call/x, true",
    "POST, /api/app/v1/service/u1/trigger/t1/, true",
    "POST, /api/app/v1/container/u1/trigger/t1/call/, true"
  })
  void needsALoginForAllButTriggersAndWhatIsNoApi(String method, String path, boolean needed) {
    assertThat(ApiPath.of(path).needsLogin(method)).isEqualTo(needed);
  }
}
