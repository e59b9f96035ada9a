package dev.slipway.agent.exec;

import dev.slipway.agent.engine.Engine;
import dev.slipway.agent.engine.EngineRefused;
import dev.slipway.agent.engine.EngineUnavailable;
import dev.slipway.agent.engine.Found;
import dev.slipway.model.exec.ExecOutput.Ended;
import dev.slipway.model.exec.ExecOutput.Started;
import dev.slipway.model.exec.ExecRequest;
import dev.slipway.model.exec.ExecRequest.Close;
import dev.slipway.model.exec.ExecRequest.Open;
import dev.slipway.model.exec.ExecRequest.Read;
import dev.slipway.model.exec.ExecRequest.Typed;
import dev.slipway.model.node.NodeId;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sessions of this node. */
public final class ExecSessions implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ExecSessions.class);

  /** How long the other side may be silent; it says every 20 seconds that it is there. */
  private static final int LONGEST_SILENCE_SECONDS = 75;

  private static final int MOST = 50;

  private final NodeId node;
  private final Engine engine;
  private final ExecAnswers answers;
  private final Map<String, ExecSession> sessions = new ConcurrentHashMap<>();
  private final ExecutorService opening = Executors.newVirtualThreadPerTaskExecutor();

  public ExecSessions(NodeId node, Engine engine, ExecAnswers answers) {
    this.node = node;
    this.engine = engine;
    this.answers = answers;
  }

  /** Never waits for the Engine. What is for a session that is over is passed over. */
  void take(ExecRequest request) {
    var session = sessions.get(request.session());
    switch (request) {
      case Open open -> open(open, opening);
      case Typed typed when session != null -> session.type(typed.bytes());
      case Read read when session != null -> session.wasRead(read.bytes());
      case Close _ when session != null -> session.end(null);
      case Typed _, Read _, Close _ -> {}
    }
  }

  private void open(Open open, Executor executor) {
    if (sessions.size() >= MOST) {
      answers.send(new Ended(open.session(), "the node has too many sessions already"));
      return;
    }
    var session = new ExecSession(open.session(), answers, () -> sessions.remove(open.session()));
    if (sessions.putIfAbsent(open.session(), session) == null) {
      executor.execute(() -> begin(open, session));
    }
  }

  private void begin(Open open, ExecSession session) {
    try {
      var found =
          engine
              .find(node, Found.engineName(open.name(), open.container()))
              .filter(one -> one.labels().container().equals(open.container()))
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

  /** Ends the sessions whose other side is gone. */
  void endSilent() {
    List.copyOf(sessions.values()).stream()
        .filter(session -> session.isSilentFor(LONGEST_SILENCE_SECONDS))
        .forEach(session -> session.end("nobody is there any more"));
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
