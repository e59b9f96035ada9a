package dev.slipway.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps measured tables between marks in a document that is otherwise written by hand. */
final class Docs {

  private Docs() {}

  /** Replaces what stands between the marks of this name, or adds both at the end. */
  static void put(Path document, String name, String table) throws IOException {
    Files.writeString(document, replaced(Files.readString(document), name, table));
  }

  static String replaced(String document, String name, String table) {
    var begin = "<!-- measured: %s -->".formatted(name);
    var end = "<!-- end: %s -->".formatted(name);
    var section = "%s\n%s\n%s".formatted(begin, table.strip(), end);
    int from = document.indexOf(begin);
    int to = document.indexOf(end);
    return from < 0 || to < from
        ? document.stripTrailing() + "\n\n" + section + "\n"
        : document.substring(0, from) + section + document.substring(to + end.length());
  }
}
