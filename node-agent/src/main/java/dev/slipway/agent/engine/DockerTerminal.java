package dev.slipway.agent.engine;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.DockerException;
import dev.slipway.docker.EngineUnusable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A command on a terminal, in a container of a Docker Engine. */
final class DockerTerminal implements Engine.Terminal {

  private static final Logger LOG = LoggerFactory.getLogger(DockerTerminal.class);

  /** Interrupts what runs, and ends a shell that waits: the Engine has no other way to end it. */
  private static final byte[] INTERRUPT_AND_END = {3, 4};

  private static final int MOST_RESIZES = 20;
  private static final long BETWEEN_RESIZES_MS = 50;

  private static final long PATIENCE_SECONDS = 2;
  private static final int MOST_LOOKS_AT_THE_END = 5;
  private static final long BETWEEN_LOOKS_MS = 20;

  private final Keyboard keyboard = new Keyboard();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ResultCallback<?> output;

  private DockerTerminal(
      DockerClient docker, DockerClient streams, String id, Engine.LogSink sink) {
    this.output =
        streams
            .execStartCmd(id)
            .withTty(true)
            .withDetach(false)
            .withStdIn(keyboard)
            .exec(new EngineStreams.Logs(untilItEnds(docker, id, sink)));
  }

  private Engine.LogSink untilItEnds(DockerClient docker, String id, Engine.LogSink sink) {
    return new Engine.LogSink() {
      @Override
      public void bytes(boolean stderr, byte[] bytes) {
        sink.bytes(stderr, bytes);
      }

      @Override
      public void ended() {
        ended.countDown();
        sink.ended(exitCode(docker, id));
      }
    };
  }

  /**
   * @param docker for calls that have a time limit
   * @param streams for the terminal, which has none
   */
  static DockerTerminal open(
      DockerClient docker,
      DockerClient streams,
      String engineId,
      String command,
      int width,
      int height,
      Engine.LogSink sink) {
    var id =
        docker
            .execCreateCmd(engineId)
            .withTty(true)
            .withAttachStdin(true)
            .withAttachStdout(true)
            .withAttachStderr(true)
            .withCmd(CommandLine.split(command).toArray(String[]::new))
            .exec()
            .getId();
    var terminal = new DockerTerminal(docker, streams, id, sink);
    terminal.resize(docker, id, width, height);
    return terminal;
  }

  /** The Engine may close the output a moment before it records the end of the command. */
  private static @Nullable Integer exitCode(DockerClient docker, String id) {
    try {
      for (int look = 1; look <= MOST_LOOKS_AT_THE_END; look++) {
        var exec = docker.inspectExecCmd(id).exec();
        var code = exec.getExitCodeLong();
        if (!Boolean.TRUE.equals(exec.isRunning()) && code != null) {
          return code.intValue();
        }
        Thread.sleep(BETWEEN_LOOKS_MS * look);
      }
    } catch (DockerException | EngineUnusable unknown) {
      LOG.debug("The Engine does not report how a command ended", unknown);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  /** It can be sized once it runs, which is not told. */
  private void resize(DockerClient docker, String id, int width, int height) {
    try {
      for (int i = 0; i < MOST_RESIZES; i++) {
        if (isResized(docker, id, width, height)
            || ended.await(BETWEEN_RESIZES_MS, TimeUnit.MILLISECONDS)) {
          return;
        }
      }
      LOG.info("A terminal keeps the size that the Engine gave it");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isResized(DockerClient docker, String id, int width, int height) {
    try {
      docker.resizeExecCmd(id).withSize(height, width).exec();
      return true;
    } catch (DockerException notYet) {
      LOG.debug("The terminal is not sized yet", notYet);
      return false;
    }
  }

  @Override
  public boolean type(byte[] bytes) {
    return keyboard.type(bytes);
  }

  /** What it typed last is on its way yet, so the connection is let go a little later. */
  @Override
  public void close() {
    if (ended.getCount() > 0) {
      if (!keyboard.type(INTERRUPT_AND_END)) {
        keyboard.forget();
        boolean _ = keyboard.type(INTERRUPT_AND_END);
      }
      Thread.ofVirtual().name("terminal-close").start(this::letGo);
    } else {
      letGo();
    }
  }

  private void letGo() {
    try {
      boolean _ = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
      keyboard.close();
      output.close();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IOException alreadyClosed) {
      LOG.debug("It was closed already", alreadyClosed);
    }
  }
}
