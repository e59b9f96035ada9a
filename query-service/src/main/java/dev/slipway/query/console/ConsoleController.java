package dev.slipway.query.console;

import dev.slipway.http.ApiFailure;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Serves the console's page and its files, to anybody: they contain no data. The page logs in and
 * uses the public API.
 */
@RestController
final class ConsoleController {

  static final String ROOT = "/console/";

  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  private static final String POLICY =
      "default-src 'none'; script-src 'self' 'sha256-%s'; style-src %s; connect-src 'self';"
          + " img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'self';"
          + " frame-ancestors 'none'";

  private final Supplier<ConsoleFiles> files;

  /**
   * @param reload whether each request reads the files anew, for those who change them
   */
  ConsoleController(boolean reload) {
    files = reload ? ConsoleFiles::read : SingletonSupplier.of(ConsoleFiles::read);
  }

  @GetMapping("/console")
  ResponseEntity<byte[]> page(HttpServletRequest request) {
    return page("'self'", request);
  }

  /** The same page for a terminal alone: xterm.js adds styles to the page. */
  @GetMapping("/console/terminal")
  ResponseEntity<byte[]> terminal(HttpServletRequest request) {
    return page("'self' 'unsafe-inline'", request);
  }

  private ResponseEntity<byte[]> page(String styles, HttpServletRequest request) {
    var served = files.get();
    return answer(served.index(), served.version(), request)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache")
        .header("Content-Security-Policy", POLICY.formatted(served.importMapHash(), styles))
        .header("Referrer-Policy", "no-referrer")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()")
        .body(body(served.index(), request));
  }

  @GetMapping("/console/{version}/{*path}")
  ResponseEntity<byte[]> file(
      @PathVariable String version, @PathVariable String path, HttpServletRequest request) {
    var file =
        files
            .get()
            .file(version, path.isEmpty() ? path : path.substring(1))
            .orElseThrow(() -> ApiFailure.notFound("console file " + path));
    return answer(file, version, request)
        .header(HttpHeaders.CACHE_CONTROL, FOR_EVER)
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .body(body(file, request));
  }

  private static ResponseEntity.BodyBuilder answer(
      ConsoleFile file, String version, HttpServletRequest request) {
    var answer =
        ResponseEntity.ok()
            .contentType(file.type())
            .header(HttpHeaders.CONTENT_DISPOSITION, "inline") // or Spring adds a file name
            .eTag("W/\"%s\"".formatted(version))
            .varyBy(HttpHeaders.ACCEPT_ENCODING);
    return takesGzip(request) ? answer.header(HttpHeaders.CONTENT_ENCODING, "gzip") : answer;
  }

  private static byte[] body(ConsoleFile file, HttpServletRequest request) {
    return takesGzip(request) ? file.compressed() : file.plain();
  }

  private static boolean takesGzip(HttpServletRequest request) {
    var encodings = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
    return encodings != null && encodings.toLowerCase(Locale.ROOT).contains("gzip");
  }
}
