package dev.slipway.command;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of the command side, under {@code slipway} or as SLIPWAY_… in the environment.
 *
 * @param kafka bootstrap servers
 * @param postgres JDBC URL, with user and password
 * @param eventPartitions that topics of events are made with: as many query services can share them
 * @param connections to PostgreSQL at most
 * @param domain that the names of services and containers end in
 * @param url under which containers reach the API
 * @param operationDeadline how long an operation may take
 * @param nodeTimeout how long a node may be silent before it counts as unreachable
 * @param nodeRegistration which nodes may come in
 */
@ConfigurationProperties("slipway")
record CommandServiceSettings(
    String kafka,
    String postgres,
    @DefaultValue("8") int eventPartitions,
    @DefaultValue("32") int connections,
    @DefaultValue("localhost") String domain,
    @DefaultValue("http://localhost:8080") String url,
    @DefaultValue("admin") String user,
    @Nullable String namespace,
    @DefaultValue("10m") Duration operationDeadline,
    @DefaultValue("10s") Duration nodeTimeout,
    @DefaultValue("open") NodeRegistration nodeRegistration) {

  /** Which nodes may come in. */
  enum NodeRegistration {
    /** Any that reaches Kafka; one with a token comes into the token's namespace. */
    OPEN,
    /** Those that bring a token only. */
    TOKEN
  }

  /** The namespace of the nodes, and of the user if it is not said otherwise. */
  String ownNamespace() {
    return namespace == null || namespace.isBlank() ? user : namespace;
  }
}
