package dev.slipway.agent;

import dev.slipway.agent.engine.EngineDefaults;
import dev.slipway.agent.engine.PullPolicy;
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
 * @param hostRoot where the agent has the files of its host, if it is in a container
 * @param publishAddress on which ports of containers are published
 * @param pull when the registry is asked for an image
 * @param parallel how many containers are made at once
 * @param farewell how long a container that another follows still serves before it is stopped
 * @param monitor how long a container must run before it counts as running for an operation; zero:
 *     as soon as it was started
 * @param grace how long a container that nobody wants is left alone
 * @param sweep how often all containers on the Engine are compared with their assignments
 * @param exec whether commands may be run by hand in containers
 * @param init whether docker-init is the first process of containers whose service does not say;
 *     unset for the Engine's own default
 * @param url where the API is reached from this host, unset if it is on another one
 * @param relay whether containers are helped to an API that listens on the loopback address
 */
@ConfigurationProperties("slipway")
record NodeAgentSettings(
    @DefaultValue("127.0.0.1:9092") String kafka,
    @DefaultValue(".slipway") String data,
    @DefaultValue("false") boolean simulated,
    @Nullable String dockerHost,
    @Nullable String hostRoot,
    @DefaultValue("0.0.0.0") String publishAddress,
    @DefaultValue("always") PullPolicy pull,
    @DefaultValue("4") int parallel,
    @DefaultValue("3s") Duration farewell,
    @DefaultValue("3s") Duration monitor,
    @DefaultValue("30s") Duration grace,
    @DefaultValue("10s") Duration sweep,
    @DefaultValue("2s") Duration heartbeat,
    @DefaultValue Limits limits,
    @DefaultValue("true") boolean exec,
    @Nullable Boolean init,
    @Nullable String url,
    @DefaultValue("true") boolean relay,
    @DefaultValue Node node) {

  /**
   * What holds for every container.
   *
   * @param processes the most that one may have at a time; -1 for any number
   * @param logSize of one file of what it writes, before the next is begun
   * @param logFiles how many of these are kept
   */
  record Limits(
      @DefaultValue("4096") long processes,
      @DefaultValue("50m") String logSize,
      @DefaultValue("3") int logFiles) {}

  /**
   * What the agent says of its node; unset: the host's own name and address.
   *
   * @param token that lets the node in, where one is needed
   */
  record Node(
      @Nullable String name,
      @Nullable String address,
      @DefaultValue("") List<String> tags,
      @Nullable String token) {}

  EngineDefaults engineDefaults() {
    return new EngineDefaults(
        publishAddress,
        limits.processes(),
        limits.logSize(),
        limits.logFiles(),
        hostRoot,
        init,
        relay ? url : null);
  }
}
