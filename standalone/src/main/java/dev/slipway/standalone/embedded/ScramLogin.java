package dev.slipway.standalone.embedded;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.scram.ScramCredential;
import org.apache.kafka.common.security.scram.ScramCredentialCallback;
import org.apache.kafka.common.security.scram.internals.ScramFormatter;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.jspecify.annotations.Nullable;

/**
 * The server's side of a SCRAM login with one user, whose password comes from the settings. Kafka's
 * own handler keeps credentials in the metadata log, which nobody can read or change before login.
 */
public final class ScramLogin implements AuthenticateCallbackHandler {

  static final String USER = "slipway";

  /** The least that clients accept; a random password of 256 bits needs no more. */
  private static final int ITERATIONS = 4096;

  private @Nullable ScramCredential credential;

  /** Kafka makes its own instance and calls {@link #configure}. */
  public ScramLogin() {}

  ScramLogin(ScramMechanism mechanism, String password) {
    this.credential = credential(mechanism, password);
  }

  @Override
  public void configure(
      Map<String, ?> settings, String mechanism, List<AppConfigurationEntry> entries) {
    var password = entries.getFirst().getOptions().get("password");
    credential =
        credential(
            ScramMechanism.forMechanismName(mechanism),
            Objects.requireNonNull(password, "password").toString());
  }

  private static ScramCredential credential(ScramMechanism mechanism, String password) {
    try {
      return new ScramFormatter(mechanism).generateCredential(password, ITERATIONS);
    } catch (java.security.NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void handle(Callback[] callbacks) throws UnsupportedCallbackException {
    String user = null;
    for (var callback : callbacks) {
      if (callback instanceof NameCallback name) {
        user = name.getDefaultName();
      } else if (callback instanceof ScramCredentialCallback wanted) {
        if (USER.equals(user)) {
          wanted.scramCredential(credential);
        }
      } else {
        throw new UnsupportedCallbackException(callback);
      }
    }
  }

  @Override
  public void close() {}
}
