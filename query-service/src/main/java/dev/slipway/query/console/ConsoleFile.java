package dev.slipway.query.console;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;
import org.springframework.http.MediaType;

/** A file of the console, plain and compressed. */
record ConsoleFile(MediaType type, byte[] plain, byte[] compressed) {

  private static final MediaType JAVASCRIPT = MediaType.valueOf("text/javascript;charset=UTF-8");
  private static final MediaType CSS = MediaType.valueOf("text/css;charset=UTF-8");
  private static final MediaType HTML = MediaType.valueOf("text/html;charset=UTF-8");
  private static final MediaType SVG = MediaType.valueOf("image/svg+xml");

  static ConsoleFile of(String name, byte[] content) {
    return new ConsoleFile(typeOf(name), content, compress(content));
  }

  private static MediaType typeOf(String name) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "js" -> JAVASCRIPT;
      case "css" -> CSS;
      case "html" -> HTML;
      case "svg" -> SVG;
      case "json" -> MediaType.APPLICATION_JSON;
      default -> MediaType.APPLICATION_OCTET_STREAM;
    };
  }

  private static byte[] compress(byte[] content) {
    var compressed = new ByteArrayOutputStream(content.length / 2);
    try (var gzip = new GZIPOutputStream(compressed)) {
      gzip.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return compressed.toByteArray();
  }
}
