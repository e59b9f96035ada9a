package dev.slipway.query.paging;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * Lists that clients ask for of things that there are none of here. Any filter leaves none of none.
 */
@RestController
public final class EmptyLists {

  @GetMapping("/api/{subsystem:infra}/v1/{list:nodecluster|provider|region|az|nodetype|tag}")
  Map<String, Object> list(
      Caller caller,
      @PathVariable String subsystem,
      @PathVariable String list,
      @RequestParam MultiValueMap<String, String> parameters) {
    var path = "/api/%s/v1/%s/%s/".formatted(subsystem, caller.namespace(), list);
    var page = new LinkedMultiValueMap<>(parameters);
    page.keySet().retainAll(List.of("limit", "offset"));
    return ListQuery.of(path, page, Set.of()).envelope(0, List.of());
  }

  @GetMapping("/api/infra/v1/{kind:nodecluster|provider|region|az|nodetype}/{*id}")
  Map<String, Object> detail(@PathVariable String kind, @PathVariable String id) {
    throw ApiFailure.notFound(kind + " " + id.substring(1));
  }

  /** How a client finds out whether its credentials are good. */
  @GetMapping("/auth")
  Map<String, Object> authenticated(Caller caller) {
    return Map.of();
  }
}
