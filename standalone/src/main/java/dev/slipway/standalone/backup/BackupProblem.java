package dev.slipway.standalone.backup;

/** Why a backup cannot be made, verified or restored, in words for the user. */
public final class BackupProblem extends RuntimeException {

  public BackupProblem(String message) {
    super(message);
  }

  BackupProblem(String message, Throwable cause) {
    super(message, cause);
  }
}
