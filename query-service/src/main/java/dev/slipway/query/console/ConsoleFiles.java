package dev.slipway.query.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/**
 * All files of the console, read once. Their addresses contain a hash of all of them, so that
 * browsers may keep each file for ever.
 *
 * @param version the hash
 * @param files by path below the hash
 * @param index the page itself
 * @param importMapHash the hash of the only inline script, for the Content-Security-Policy
 */
record ConsoleFiles(
    String version, Map<String, ConsoleFile> files, ConsoleFile index, String importMapHash) {

  private static final String FOLDER = "META-INF/resources/console/";
  private static final String INDEX = "index.html";
  private static final String ROOT = "{{root}}";
  private static final String IMPORT_MAP = "<script type=\"importmap\">";
  private static final int VERSION_CHARACTERS = 16;

  /** Reads them from the class path. */
  static ConsoleFiles read() {
    var contents = new TreeMap<String, byte[]>();
    try {
      for (var resource :
          new PathMatchingResourcePatternResolver().getResources("classpath:" + FOLDER + "**")) {
        var address = resource.getURL().toString();
        if (!address.endsWith("/") && resource.isReadable()) {
          contents.put(
              address.substring(address.lastIndexOf(FOLDER) + FOLDER.length()),
              resource.getContentAsByteArray());
        }
      }
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
    return of(contents);
  }

  private static ConsoleFiles of(TreeMap<String, byte[]> contents) {
    var version = version(contents);
    var template = contents.remove(INDEX);
    if (template == null) {
      throw new IllegalStateException("the console has no " + INDEX);
    }
    var html =
        new String(template, StandardCharsets.UTF_8)
            .replace(ROOT, ConsoleController.ROOT + version);
    var files = new HashMap<String, ConsoleFile>();
    contents.forEach((path, content) -> files.put(path, ConsoleFile.of(path, content)));
    return new ConsoleFiles(
        version,
        Map.copyOf(files),
        ConsoleFile.of(INDEX, html.getBytes(StandardCharsets.UTF_8)),
        importMapHash(html));
  }

  private static String version(Map<String, byte[]> contents) {
    var digest = sha256();
    contents.forEach(
        (path, content) -> {
          digest.update(path.getBytes(StandardCharsets.UTF_8));
          digest.update(content);
        });
    return HexFormat.of().formatHex(digest.digest()).substring(0, VERSION_CHARACTERS);
  }

  private static String importMapHash(String html) {
    int begin = html.indexOf(IMPORT_MAP) + IMPORT_MAP.length();
    var script = html.substring(begin, html.indexOf("</script>", begin));
    return Base64.getEncoder()
        .encodeToString(sha256().digest(script.getBytes(StandardCharsets.UTF_8)));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  Optional<ConsoleFile> file(String version, String path) {
    return version.equals(this.version) ? Optional.ofNullable(files.get(path)) : Optional.empty();
  }
}
