package dev.slipway.query.server;

import dev.slipway.http.ServerVersion;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** The start page, and the version of the server. Neither needs a login. */
@RestController
final class RootController {

  private static final String CONSOLE = "/console/";
  private static final String PAGE = "META-INF/resources/console/index.html";

  private final boolean console;

  RootController(@Value("${slipway.console:true}") boolean console) {
    this.console = console && new ClassPathResource(PAGE).exists();
  }

  /** Sends browsers to the console; everything else gets an object. */
  @GetMapping("/")
  ResponseEntity<Map<String, @Nullable Object>> root(
      @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accept) {
    if (console && acceptsHtml(accept)) {
      return ResponseEntity.status(HttpStatus.FOUND)
          .location(URI.create(CONSOLE))
          .varyBy(HttpHeaders.ACCEPT)
          .build();
    }
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("version", ServerVersion.CURRENT.version());
    json.put("api", "/v3/api-docs");
    json.put("console", console ? CONSOLE : null);
    return ResponseEntity.ok().varyBy(HttpHeaders.ACCEPT).body(json);
  }

  @GetMapping("/version")
  Map<String, @Nullable Object> version() {
    var current = ServerVersion.CURRENT;
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("version", current.version());
    json.put("commit", current.commit());
    json.put("built_at", current.builtAt());
    return json;
  }

  private static boolean acceptsHtml(@Nullable String accept) {
    try {
      var types = accept == null ? List.<MediaType>of() : MediaType.parseMediaTypes(accept);
      return types.stream().anyMatch(type -> type.equalsTypeAndSubtype(MediaType.TEXT_HTML));
    } catch (InvalidMediaTypeException malformed) {
      return false;
    }
  }
}
