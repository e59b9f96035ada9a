package dev.slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows who is logged in. Each process answers from its own directory. */
@RestController
final class SessionApi {

  private final SessionLogin logins;
  private final SessionResource resource;

  SessionApi(SessionLogin logins, SessionResource resource) {
    this.logins = logins;
    this.resource = resource;
  }

  @GetMapping(SessionResource.PATH)
  Map<String, @Nullable Object> session(Caller caller, HttpServletRequest request) {
    var expires = logins.of(request).map(SessionLogin.Open::expires).orElse(null);
    return resource.render(caller.account(), expires);
  }
}
