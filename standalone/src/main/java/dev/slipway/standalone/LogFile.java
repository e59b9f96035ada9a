package dev.slipway.standalone;

import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** The log goes to a file, so that the terminal shows what matters. */
final class LogFile {

  private LogFile() {}

  /** Must be called before anything logs. */
  static void in(Path folder) {
    System.setProperty("slipway.log", folder.resolve("slipway.log").toString());
    LoggerFactory.getLogger(LogFile.class).info("Slipway starts");
  }
}
