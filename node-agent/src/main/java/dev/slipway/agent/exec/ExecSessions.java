package dev.slipway.agent.exec;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.EngineRefused;
import dev.slipway.agent.engine.EngineUnavailable;
import dev.slipway.agent.engine.Found;
import dev.slipway.model.exec.ExecOutput.Alive;
import dev.slipway.model.exec.ExecOutput.Ended;
import dev.slipway.model.exec.ExecOutput.Started;
import dev.slipway.model.exec.ExecRequest;
import dev.slipway.model.exec.ExecRequest.Close;
import dev.slipway.model.exec.ExecRequest.Open;
import dev.slipway.model.exec.ExecRequest.Read;
import dev.slipway.model.exec.ExecRequest.Refused;
import dev.slipway.model.exec.ExecRequest.Typed;
import dev.slipway.model.node.NodeId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of this node. */
public final class ExecSessions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ExecSessions.class);

  /** How long the other side may be silent; it says every 20 seconds that it is there. */
  private static final long LONGEST_SILENCE_NS = TimeUnit.SECONDS.toNanos(75);

  private static final long ALIVE_EVERY_NS = TimeUnit.SECONDS.toNanos(20);
  private static final int MOST = 50;

  private final NodeId node;
  private final Engine engine;
  private final boolean allowed;
  private final ExecAnswers answers;
  private final Map<String, ExecSession> sessions = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;
  private final ExecutorService opening = Executors.newVirtualThreadPerTaskExecutor();
  private long saidAlive;

  /**
   * @param allowed whether commands may be run by hand on this node
   */
  public ExecSessions(NodeId node, Engine engine, boolean allowed, ExecAnswers answers) {
    this(node, engine, allowed, answers, System::nanoTime);
  }

  ExecSessions(
      NodeId node, Engine engine, boolean allowed, ExecAnswers answers, LongSupplier nanoTime) {
    this.node = node;
    this.engine = engine;
    this.allowed = allowed;
    this.answers = answers;
    this.nanoTime = nanoTime;
    this.saidAlive = nanoTime.getAsLong();
  }

  /** Never waits for the Engine. What is for a session that is over is passed over. */
  void take(ExecRequest request) {
    var session = sessions.get(request.session());
    switch (request) {
      case Open open when allowed -> open(open, opening);
      case Open open -> answers.send(new Ended(open.session(), "forbidden on this node"));
      case Typed typed when session != null -> session.type(typed.bytes());
      case Read read when session != null -> session.wasRead(read.bytes());
      case Close _ when session != null -> session.end(null);
      case Typed _, Read _, Close _, Refused _ -> {}
    }
  }

  private void open(Open open, Executor executor) {
    if (sessions.size() >= MOST) {
      answers.send(new Ended(open.session(), "the node has too many sessions already"));
      return;
    }
    var session =
        new ExecSession(open.session(), answers, nanoTime, () -> sessions.remove(open.session()));
    if (sessions.putIfAbsent(open.session(), session) == null) {
      executor.execute(() -> begin(open, session));
    }
  }

  private void begin(Open open, ExecSession session) {
    try {
      var found =
          engine
              .find(node, open.container())
              .filter(one -> one.state() == Found.State.RUNNING)
              .orElseThrow(() -> new EngineRefused("the container does not run"));
      answers.send(new Started(open.session()));
      session.on(
          engine.exec(found.engineId(), open.command(), open.width(), open.height(), session));
      LOG.info("Session {} runs a command in {}", open.session(), open.name());
    } catch (EngineRefused refused) {
      session.end(refused.reason());
    } catch (EngineUnavailable unavailable) {
      session.end("the Engine does not answer");
    } catch (RuntimeException failure) {
      LOG.warn("Session {} can not begin", open.session(), failure);
      session.end("the command can not be run");
    }
  }

  /**
   * To be called often: ends the sessions whose other side is gone, and says of others that this
   * side is not.
   */
  void pulse() {
    List.copyOf(sessions.values()).stream()
        .filter(session -> session.isSilentFor(LONGEST_SILENCE_NS))
        .forEach(session -> session.end("nobody is there any more"));
    long now = nanoTime.getAsLong();
    if (now - saidAlive >= ALIVE_EVERY_NS) {
      saidAlive = now;
      sessions.keySet().forEach(session -> answers.send(new Alive(session)));
    }
  }

  int count() {
    return sessions.size();
  }

  @Override
  public void close() {
    List.copyOf(sessions.values()).forEach(session -> session.end("the agent stops"));
    opening.shutdownNow();
  }
}
