package dev.slipway.standalone.embedded;

import de.bwaldvogel.mongo.bson.BinData;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Set;
import javax.security.sasl.SaslException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.security.scram.internals.ScramMechanism;
import org.apache.kafka.common.security.scram.internals.ScramSaslServer;
import org.jspecify.annotations.Nullable;

/**
 * The login of the MongoDB stand-in: SCRAM-SHA-256, as MongoDB has it, with one user. A connection
 * that has not logged in gets the handshake and nothing else.
 */
final class MongoLogin {

  static final String MECHANISM = "SCRAM-SHA-256";

  private static final Set<String> BEFORE_LOGIN = Set.of("hello", "ismaster", "ping");
  private static final AttributeKey<ScramSaslServer> CONVERSATION =
      AttributeKey.valueOf(MongoLogin.class, "conversation");
  private static final int UNAUTHORIZED = 13;
  private static final int AUTHENTICATION_FAILED = 18;

  private final ScramLogin login;

  MongoLogin(String password) {
    this.login = new ScramLogin(ScramMechanism.SCRAM_SHA_256, password);
  }

  /**
   * The answer to a command of the login; null for every other command.
   *
   * @throws MongoServerError if the connection must log in first, or cannot
   */
  @Nullable Document handle(Channel channel, String command, Document body) {
    switch (command) {
      case "saslStart" -> {
        return start(channel, body);
      }
      case "saslContinue" -> {
        return step(channel, body);
      }
      default -> {
        if (!BEFORE_LOGIN.contains(command.toLowerCase(java.util.Locale.ROOT))) {
          require(channel);
        }
        return null;
      }
    }
  }

  /**
   * @throws MongoServerError if the connection has not logged in
   */
  static void require(Channel channel) {
    var conversation = channel.attr(CONVERSATION).get();
    if (conversation == null || !conversation.isComplete()) {
      throw unauthorized();
    }
  }

  static MongoServerError unauthorized() {
    return new MongoServerError(UNAUTHORIZED, "Unauthorized", "the connection must log in first");
  }

  private Document start(Channel channel, Document body) {
    if (!MECHANISM.equals(body.get("mechanism"))) {
      throw failed("mechanism must be " + MECHANISM);
    }
    try {
      channel
          .attr(CONVERSATION)
          .set(new ScramSaslServer(ScramMechanism.SCRAM_SHA_256, Map.of(), login));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
    return step(channel, body);
  }

  private static Document step(Channel channel, Document body) {
    var conversation = channel.attr(CONVERSATION).get();
    if (conversation == null || conversation.isComplete()) {
      throw failed("no login is under way");
    }
    try {
      var answer = conversation.evaluateResponse(payload(body));
      var document = new Document("conversationId", 1);
      document.append("done", conversation.isComplete());
      document.append("payload", new BinData(answer));
      document.append("ok", 1.0);
      return document;
    } catch (SaslException | SaslAuthenticationException rejected) {
      channel.attr(CONVERSATION).set(null);
      throw failed("Authentication failed.");
    }
  }

  private static byte[] payload(Document body) {
    return switch (body.get("payload")) {
      case byte[] bytes -> bytes;
      case BinData data -> data.getData();
      case null, default -> throw failed("payload must be binary");
    };
  }

  private static MongoServerError failed(String why) {
    return new MongoServerError(AUTHENTICATION_FAILED, "AuthenticationFailed", why);
  }
}
