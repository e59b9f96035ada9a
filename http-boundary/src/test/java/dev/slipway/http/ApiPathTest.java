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
    "/, '',"
  })
  void hasOneForm(String path, String canonical, String namespace) {
    assertThat(ApiPath.of(path)).isEqualTo(new ApiPath(canonical, namespace));
  }
}
