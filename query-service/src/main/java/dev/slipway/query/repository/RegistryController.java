package dev.slipway.query.repository;

import dev.slipway.http.ApiFailure;
import dev.slipway.http.Caller;
import dev.slipway.http.Directory;
import dev.slipway.http.RegistryLogins.Shown;
import dev.slipway.http.RegistryResource;
import dev.slipway.model.InvalidInput;
import dev.slipway.model.registry.RegistryScope;
import dev.slipway.query.paging.ListQuery;
import dev.slipway.query.service.Services;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shows the repositories and registries that a namespace has logins for. */
@RestController
@RequestMapping("/api/repo/v1/{kind:repository|registry}")
public final class RegistryController {

  private static final Set<String> FILTERS = Set.of("name", "name__contains");

  private final Directory directory;
  private final Services services;

  RegistryController(Directory directory, Services services) {
    this.directory = directory;
    this.services = services;
  }

  @GetMapping
  Map<String, Object> list(
      @PathVariable String kind,
      Caller caller,
      @RequestParam MultiValueMap<String, String> parameters) {
    boolean registries = kind.equals("registry");
    var path = RegistryResource.list(caller.namespace(), registries);
    var query = ListQuery.of(path, parameters, FILTERS);
    var images = services.images(caller.namespace());
    return query.envelope(
        directory.registryLogins().of(caller.namespace()).stream()
            .filter(login -> login.scope().isRegistry() == registries)
            .filter(login -> matches(login, query))
            .map(login -> RegistryResource.render(caller.namespace(), login, images))
            .toList());
  }

  private static boolean matches(Shown login, ListQuery query) {
    var name = query.filter("name");
    var part = query.filter("name__contains");
    return (name == null || scope(login.scope().isRegistry(), name).equals(login.scope()))
        && (part == null || login.scope().text().contains(part));
  }

  @GetMapping("/{*name}")
  Map<String, @Nullable Object> detail(
      @PathVariable String kind, @PathVariable String name, Caller caller) {
    var given = name.substring(1);
    return directory
        .registryLogins()
        .find(caller.namespace(), scope(kind.equals("registry"), given))
        .map(
            login ->
                RegistryResource.render(
                    caller.namespace(), login, services.images(caller.namespace())))
        .orElseThrow(() -> ApiFailure.notFound(kind + " " + given));
  }

  /** An invalid name can match nothing. */
  private static RegistryScope scope(boolean registry, String name) {
    try {
      return registry
          ? RegistryScope.registry("name", name)
          : RegistryScope.repository("name", name);
    } catch (InvalidInput invalid) {
      return new RegistryScope("", null);
    }
  }
}
