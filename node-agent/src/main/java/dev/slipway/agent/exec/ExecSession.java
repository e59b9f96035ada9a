package dev.slipway.agent.exec;

import dev.slipway.agent.engine.Engine;
import dev.slipway.model.exec.ExecOutput.Ended;
import dev.slipway.model.exec.ExecOutput.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One command on its terminal. No more is sent than the reader has room for: until it has read, the
 * command waits as it would for a slow terminal.
 */
final class ExecSession implements Engine.LogSink {

  private static final int WINDOW = 256 * 1024;
  private static final int MOST_EARLY = 256 * 1024;

  private final String id;
  private final ExecAnswers answers;
  private final LongSupplier nanoTime;
  private final Runnable gone;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final List<byte[]> typedEarly = new ArrayList<>();
  private int early;
  private Engine.@Nullable Terminal terminal;
  private long sent;
  private long read;
  private boolean over;
  private long lastHeard;

  /**
   * @param gone is run when the session is over
   */
  ExecSession(String id, ExecAnswers answers, LongSupplier nanoTime, Runnable gone) {
    this.id = id;
    this.answers = answers;
    this.nanoTime = nanoTime;
    this.lastHeard = nanoTime.getAsLong();
    this.gone = gone;
  }

  /** It is closed at once if the session is over already. */
  void on(Engine.Terminal opened) {
    lock.lock();
    try {
      terminal = opened;
      typedEarly.forEach(opened::type);
      typedEarly.clear();
      if (!over) {
        return;
      }
    } finally {
      lock.unlock();
    }
    opened.close();
  }

  /** What is typed before there is a terminal waits for it. Too much ends the session. */
  void type(byte[] bytes) {
    heard();
    if (!hasRoomFor(bytes)) {
      end("more was typed than the command reads");
    }
  }

  private boolean hasRoomFor(byte[] bytes) {
    lock.lock();
    try {
      var open = terminal;
      if (open != null) {
        return open.type(bytes);
      }
      early += bytes.length;
      return early <= MOST_EARLY && typedEarly.add(bytes);
    } finally {
      lock.unlock();
    }
  }

  void wasRead(long bytes) {
    heard();
    lock.lock();
    try {
      read = Math.max(read, bytes);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void heard() {
    lock.lock();
    try {
      lastHeard = nanoTime.getAsLong();
    } finally {
      lock.unlock();
    }
  }

  boolean isSilentFor(long nanos) {
    lock.lock();
    try {
      return nanoTime.getAsLong() - lastHeard > nanos;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void bytes(boolean isStderr, byte[] bytes) {
    lock.lock();
    try {
      while (!over && sent - read > WINDOW) {
        changed.await();
      }
      if (over) {
        return;
      }
      sent += bytes.length;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return;
    } finally {
      lock.unlock();
    }
    answers.send(Shown.of(id, bytes));
  }

  @Override
  public void ended() {
    end(null, null);
  }

  @Override
  public void ended(@Nullable Integer exitCode) {
    end(null, exitCode);
  }

  /**
   * @param problem null if it ended by itself
   */
  void end(@Nullable String problem) {
    end(problem, null);
  }

  private void end(@Nullable String problem, @Nullable Integer exitCode) {
    Engine.Terminal open;
    lock.lock();
    try {
      if (over) {
        return;
      }
      over = true;
      open = terminal;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    gone.run();
    answers.send(new Ended(id, problem, exitCode));
    if (open != null) {
      open.close();
    }
  }
}
