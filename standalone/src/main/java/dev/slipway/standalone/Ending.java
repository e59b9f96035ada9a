package dev.slipway.standalone;

import dev.slipway.standalone.embedded.EmbeddedDatabase;
import dev.slipway.standalone.limits.ProcessEnd;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Ends the process with a reason, and the database inside with it. */
final class Ending implements ProcessEnd {

  /** An internal error, as in sysexits.h. */
  private static final int EXIT_CODE = 70;

  private final Console console;
  private final AtomicBoolean ending = new AtomicBoolean();
  private volatile @Nullable EmbeddedDatabase database;

  Ending(Console console) {
    this.console = console;
  }

  void alsoEnd(EmbeddedDatabase embedded) {
    database = embedded;
  }

  @Override
  public void inOrder(String reason) {
    if (report(reason)) {
      Thread.ofPlatform().name("end").start(() -> System.exit(EXIT_CODE));
    }
  }

  @Override
  public void atOnce(String reason) {
    try {
      boolean _ = report(reason);
      var embedded = database;
      if (embedded != null) {
        embedded.endWithThisProcess();
      }
    } finally {
      Runtime.getRuntime().halt(EXIT_CODE);
    }
  }

  /** The console first: the log may be what has no room. */
  private boolean report(String reason) {
    if (ending.getAndSet(true)) {
      return false;
    }
    console.problem("Slipway ends: " + reason);
    LoggerFactory.getLogger(Ending.class).error("Slipway ends: {}", reason);
    return true;
  }
}
