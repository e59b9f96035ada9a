package dev.slipway.standalone.embedded;

import java.nio.file.Path;
import java.util.Map;

/**
 * How the embedded broker authenticates: SCRAM on both listeners, with one user whose password is
 * random. Kafka's authorizer rejects everybody else.
 */
final class KafkaDoors {

  private static final String MECHANISM = "SCRAM-SHA-512";
  private static final String PROTOCOL = "SASL_PLAINTEXT";
  private static final String CLIENTS = "LOCAL";
  private static final String CONTROLLER = "CONTROLLER";

  private final Secrets secrets;
  private final String login;

  KafkaDoors(Secrets secrets) {
    this.secrets = secrets;
    this.login =
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"%s\" password=\"%s\";"
            .formatted(ScramLogin.USER, secrets.password("kafka"));
  }

  Map<String, String> broker(String address, String controller) {
    return Map.ofEntries(
        Map.entry(
            "listeners", "%s://%s,%s://%s".formatted(CLIENTS, address, CONTROLLER, controller)),
        Map.entry("inter.broker.listener.name", CLIENTS),
        Map.entry(
            "listener.security.protocol.map",
            "%s:%s,%s:%s".formatted(CLIENTS, PROTOCOL, CONTROLLER, PROTOCOL)),
        Map.entry("sasl.enabled.mechanisms", MECHANISM),
        Map.entry("sasl.mechanism.inter.broker.protocol", MECHANISM),
        Map.entry("sasl.mechanism.controller.protocol", MECHANISM),
        Map.entry(of(CLIENTS, "sasl.jaas.config"), login),
        Map.entry(of(CONTROLLER, "sasl.jaas.config"), login),
        Map.entry(of(CLIENTS, "sasl.server.callback.handler.class"), ScramLogin.class.getName()),
        Map.entry(of(CONTROLLER, "sasl.server.callback.handler.class"), ScramLogin.class.getName()),
        Map.entry(
            "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer"),
        Map.entry("allow.everyone.if.no.acl.found", "false"),
        Map.entry("super.users", "User:" + ScramLogin.USER));
  }

  private static String of(String listener, String setting) {
    return "listener.name.%s.%s.%s"
        .formatted(
            listener.toLowerCase(java.util.Locale.ROOT),
            MECHANISM.toLowerCase(java.util.Locale.ROOT),
            setting);
  }

  /** Writes the file that lets a client in. */
  Path writeClientProperties() {
    return secrets.write(
        "kafka.properties",
        "security.protocol=%s\nsasl.mechanism=%s\nsasl.jaas.config=%s\n"
            .formatted(PROTOCOL, MECHANISM, login));
  }
}
