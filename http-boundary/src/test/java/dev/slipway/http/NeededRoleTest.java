package dev.slipway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.model.account.Role;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeededRoleTest {

  @ParameterizedTest
  @CsvSource({
    "GET, /api/app/v1/service, READER",
    "HEAD, /api/infra/v1/node, READER",
    "OPTIONS, /api/account/v1/user, READER",
    "GET, /auth, READER",
    "GET, /api/app/v1/service/u1/logs, READER",
    "GET, /api/audit/v1/events, READER",
    "GET, /api/app/v1/container/u1/exec, OPERATOR",
    "HEAD, /api/app/v1/container/u1/exec/, OPERATOR",
    "POST, /api/app/v1/service, OPERATOR",
    "PATCH, /api/app/v1/service/u1, OPERATOR",
    "DELETE, /api/app/v1/service/u1/trigger/t1, OPERATOR",
    "POST, /api/audit/v1/action/a1/cancel, OPERATOR",
    "PATCH, /api/infra/v1/node/n1, ADMIN",
    "POST, /api/account/v1/apikey, ADMIN",
    "POST, /api/repo/v1/repository, ADMIN",
    "PUT, /api/app, ADMIN",
    "DELETE, /api/%2Fapp/v1/service/u1, ADMIN"
  })
  void growsWithWhatARequestDoes(String method, String path, Role needed) {
    assertThat(NeededRole.of(method, path)).isEqualTo(needed);
  }
}
