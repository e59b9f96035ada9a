package dev.slipway.agent;

import dev.slipway.agent.engine.DockerEngine;
import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.Images;
import dev.slipway.agent.engine.SimulatedEngine;
import dev.slipway.agent.exec.ExecReader;
import dev.slipway.agent.exec.ExecSessions;
import dev.slipway.agent.logs.LogShipping;
import dev.slipway.agent.messaging.AssignmentReader;
import dev.slipway.agent.messaging.KafkaOutbox;
import dev.slipway.agent.messaging.KafkaReachability;
import dev.slipway.agent.messaging.LogCheckpoint;
import dev.slipway.agent.reconcile.Assignments;
import dev.slipway.agent.reconcile.ContainerWork;
import dev.slipway.agent.reconcile.LoopWatcher;
import dev.slipway.agent.reconcile.Pace;
import dev.slipway.agent.reconcile.ReconcileLoop;
import dev.slipway.docker.EngineConnection;
import dev.slipway.docker.discovery.EngineChoice;
import dev.slipway.docker.discovery.EngineFinder;
import dev.slipway.model.Uuids;
import dev.slipway.model.node.AgentState.Session;
import dev.slipway.model.node.NodeId;
import dev.slipway.runtime.BackgroundTask;
import dev.slipway.runtime.BackgroundTasks;
import dev.slipway.runtime.HealthRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

/** The agent as a whole, for a process of its own or for one with the other sides. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({NodeAgentSettings.class, SimulationSettings.class})
public class NodeAgentConfiguration {

  private static final Logger LOG = LoggerFactory.getLogger(NodeAgentConfiguration.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final InstantSource CLOCK = InstantSource.system();

  @Bean
  NodeLock nodeLock(NodeAgentSettings settings) {
    return NodeLock.take(NodeIdentity.in(folder(settings)), folder(settings));
  }

  @Bean
  NodeId nodeId(NodeLock lock) {
    return lock.node();
  }

  @Bean
  SessionGuard sessionGuard(NodeId node, NodeAgentSettings settings) {
    return new SessionGuard(
        node, new Session(Uuids.random(), Machine.id()), settings.heartbeat().multipliedBy(3));
  }

  private static Path folder(NodeAgentSettings settings) {
    return Path.of(settings.data(), "agent");
  }

  /** Lazy: there is none where containers are simulated. */
  @Bean
  @Lazy
  EngineChoice engineChoice(NodeAgentSettings settings) {
    var choice = EngineFinder.find(settings.dockerHost(), "slipway.docker-host");
    LOG.info("Docker Engine: {}", choice.description());
    return choice;
  }

  @Bean
  @Lazy
  EngineConnection engineConnection(EngineChoice choice) {
    return EngineConnection.at(choice.address());
  }

  @Bean
  Engine engine(
      NodeAgentSettings settings,
      SimulationSettings simulation,
      ObjectProvider<EngineConnection> connection) {
    return settings.simulated()
        ? new SimulatedEngine(simulation.simulation())
        : new DockerEngine(connection.getObject(), settings.engineDefaults());
  }

  @Bean
  EngineHealth engineHealth(Engine engine) {
    return new EngineHealth(engine);
  }

  @Bean
  KafkaOutbox agentOutbox(NodeAgentSettings settings) {
    return new KafkaOutbox(settings.kafka());
  }

  @Bean
  BackgroundTask kafkaReachability(KafkaOutbox outbox, NodeAgentSettings settings) {
    var kafka = new KafkaReachability(settings.kafka(), settings.heartbeat());
    outbox.onHeartbeatStored(kafka::acknowledged);
    return BackgroundTask.every(Duration.ofSeconds(1), "kafka-reachability", kafka::check);
  }

  @Bean
  LogShipping logShipping(Engine engine, KafkaOutbox outbox, NodeAgentSettings settings) {
    return new LogShipping(engine, outbox, folder(settings).resolve("logs"));
  }

  @Bean
  ReconcileLoop reconcileLoop(
      NodeId node,
      Engine engine,
      KafkaOutbox outbox,
      LogShipping logs,
      NodeAgentSettings settings) {
    var work =
        new ContainerWork(
            node,
            engine,
            new Images(engine, settings.pull(), CLOCK),
            outbox,
            folder(settings),
            logs,
            new Pace(settings.parallel(), settings.farewell(), settings.monitor()),
            CLOCK);
    return new ReconcileLoop(node, engine, new Assignments(), work, logs, settings.grace(), CLOCK);
  }

  @Bean
  LogCheckpoint logCheckpoint(NodeAgentSettings settings) {
    return new LogCheckpoint(folder(settings));
  }

  @Bean
  AgentStatus agentStatus(
      SessionGuard guard,
      LogCheckpoint checkpoint,
      AssignmentReader assignments,
      ReconcileLoop loop) {
    return new AgentStatus(guard.session(), checkpoint, assignments, loop);
  }

  @Bean
  BackgroundTask heartbeats(
      NodeId node,
      EngineHealth health,
      KafkaOutbox outbox,
      NodeAgentSettings settings,
      AgentStatus status,
      SessionGuard guard) {
    var heart = new Heart(node, health, outbox, settings, status::state, CLOCK);
    return BackgroundTask.every(settings.heartbeat(), "heart", () -> guard.ifAdmitted(heart::beat));
  }

  @Bean
  AssignmentReader assignments(
      NodeId node, ReconcileLoop loop, NodeAgentSettings settings, LogCheckpoint checkpoint) {
    return new AssignmentReader(settings.kafka(), node, loop, checkpoint);
  }

  @Bean
  BackgroundTask assignmentReader(AssignmentReader reader, SessionGuard guard) {
    return new BackgroundTask(
        "assignments",
        background -> {
          guard.admit(reader::consumer, background::isRunning);
          reader.read(background::isRunning);
        });
  }

  @Bean
  ExecSessions execSessions(
      NodeId node, Engine engine, KafkaOutbox outbox, NodeAgentSettings settings) {
    return new ExecSessions(node, engine, settings.exec(), outbox);
  }

  @Bean
  BackgroundTask execReader(
      NodeId node, ExecSessions sessions, NodeAgentSettings settings, SessionGuard guard) {
    var reader = new ExecReader(settings.kafka(), node, sessions);
    return new BackgroundTask(
        "exec",
        background -> {
          if (guard.isAdmitted()) {
            reader.read(background::isRunning);
          } else {
            background.pause(BETWEEN_LOOKS);
          }
        });
  }

  @Bean
  BackgroundTask sweeper(ReconcileLoop loop, NodeAgentSettings settings) {
    return BackgroundTask.every(settings.sweep(), "sweeper", loop::sweep);
  }

  @Bean
  BackgroundTask logPositions(LogShipping logs) {
    return BackgroundTask.every(Duration.ofSeconds(1), "log-positions", logs::savePositions);
  }

  @Bean
  BackgroundTask engineEvents(NodeId node, Engine engine, ReconcileLoop loop) {
    return new BackgroundTask(
        "engine-events",
        background -> {
          var ended = new java.util.concurrent.CountDownLatch(1);
          try (var _ = engine.watch(node, new LoopWatcher(loop, ended::countDown))) {
            while (background.isRunning() && ended.getCount() > 0) {
              background.pause(Duration.ofMillis(200));
            }
          }
        });
  }

  /** Where the agent shares a process with the services, they run its tasks with theirs. */
  @Bean
  @ConditionalOnMissingBean(HealthRegistry.class)
  AgentTasks agentTasks(List<BackgroundTask> tasks) {
    return new AgentTasks(new BackgroundTasks(tasks, new HealthRegistry()));
  }
}
