package dev.slipway.agent;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The settings of an agent, under {@code slipway} or as SLIPWAY_… in the environment.
 *
 * @param kafka bootstrap servers
 * @param data folder; the agent's own is {@code agent} below it
 * @param simulated no Engine is used, containers are simulated
 * @param dockerHost where the Engine is, unset for the usual socket
 * @param publishAddress on which ports of containers are published
 * @param parallel how many containers are made at once
 * @param grace how long a container that nobody wants is left alone
 * @param exec whether commands may be run by hand in containers
 */
@ConfigurationProperties("slipway")
record NodeAgentSettings(
    @DefaultValue("127.0.0.1:9092") String kafka,
    @DefaultValue(".slipway") String data,
    @DefaultValue("false") boolean simulated,
    @Nullable String dockerHost,
    @DefaultValue("0.0.0.0") String publishAddress,
    @DefaultValue("4") int parallel,
    @DefaultValue("30s") Duration grace,
    @DefaultValue("2s") Duration heartbeat,
    @DefaultValue("true") boolean exec,
    @DefaultValue Node node) {

  /** What the agent says of its node; unset: the host's own name and address. */
  record Node(
      @Nullable String name, @Nullable String address, @DefaultValue("") List<String> tags) {}
}
