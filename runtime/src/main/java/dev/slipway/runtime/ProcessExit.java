package dev.slipway.runtime;

import org.slf4j.LoggerFactory;

/** Ends the process when it can do no more than a part of its work. */
@FunctionalInterface
interface ProcessExit {

  /** The exit code: an internal error, as in sysexits.h. */
  int CODE = 70;

  ProcessExit HALT =
      reason -> {
        System.err.println("slipway: " + reason);
        LoggerFactory.getLogger(ProcessExit.class).error("{}", reason);
        Runtime.getRuntime().halt(CODE);
      };

  void exit(String reason);
}
