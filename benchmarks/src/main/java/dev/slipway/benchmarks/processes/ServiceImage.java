package dev.slipway.benchmarks.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What a service's image runs: its jar, unpacked, with the options that the image gives the JVM.
 */
public final class ServiceImage {

  private static final String DOCKERFILE = "deploy/Dockerfile";
  private static final String OPTIONS = "JAVA_TOOL_OPTIONS";
  private static final Pattern SET_OPTIONS = Pattern.compile("ENV " + OPTIONS + "=\"(.+)\"");

  private final Path jar;
  private final String options;

  private ServiceImage(Path jar, String options) {
    this.jar = jar;
    this.options = options;
  }

  /**
   * @param folder where it is unpacked to
   */
  public static ServiceImage unpack(String module, Path folder) {
    var packed = packed(module);
    var unpacked = folder.resolve(module);
    var output = folder.resolve(module + ".txt");
    try (var unpacking =
        Program.java(
            Map.of(),
            output,
            "-Djarmode=tools",
            "-jar",
            packed.toString(),
            "extract",
            "--destination",
            unpacked.toString())) {
      unpacking.awaitEnd();
    }
    return new ServiceImage(unpacked.resolve(packed.getFileName()), options());
  }

  private static Path packed(String module) {
    var built = Program.root().resolve(module).resolve("target");
    try (var files = Files.newDirectoryStream(built, module + "-*-exec.jar")) {
      return files.iterator().next();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String options() {
    try {
      var found = SET_OPTIONS.matcher(Files.readString(Program.root().resolve(DOCKERFILE)));
      if (!found.find()) {
        throw new IllegalStateException("%s sets no %s".formatted(DOCKERFILE, OPTIONS));
      }
      return found.group(1);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  Program run(Map<String, String> settings, Path output) {
    var environment = new HashMap<>(settings);
    environment.put(OPTIONS, options);
    return Program.java(environment, output, "-jar", jar.toString());
  }
}
