package dev.slipway.acceptance;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/** Stands between an agent and its Engine, and does something at the very moment of a call. */
final class EngineTap implements AutoCloseable {

  /** When, as seen from the Engine. */
  enum Moment {
    /** It is never told. */
    BEFORE,
    /** It is told, and at work. */
    DURING,
    /** It is done, and the agent does not hear of it. */
    AFTER
  }

  private record Trap(Pattern call, Moment moment, Runnable spring) {}

  private final ServerSocketChannel server;
  private final UnixDomainSocketAddress engine;
  private final AtomicReference<Trap> trap = new AtomicReference<>();

  EngineTap(Path socket, Path engine) throws IOException {
    this.engine = UnixDomainSocketAddress.of(engine);
    this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(socket));
    daemon(this::accept);
  }

  /**
   * Once, at the next call like this.
   *
   * @param call a pattern of its method and path, such as {@code POST .*&#47;create}
   */
  void at(String call, Moment moment, Runnable spring) {
    trap.set(new Trap(Pattern.compile(call + ".*", Pattern.DOTALL), moment, spring));
  }

  boolean isSprung() {
    return trap.get() == null;
  }

  private void accept() {
    while (server.isOpen()) {
      try {
        var agent = server.accept();
        daemon(() -> connect(agent));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(SocketChannel agent) {
    try (agent;
        var behind = SocketChannel.open(engine)) {
      var onAnswer = new AtomicReference<Trap>();
      daemon(() -> answers(behind, agent, onAnswer));
      calls(agent, behind, onAnswer);
    } catch (IOException ended) {
      // the other end sees it too
    }
  }

  private void calls(SocketChannel agent, SocketChannel behind, AtomicReference<Trap> onAnswer)
      throws IOException {
    var buffer = ByteBuffer.allocate(65_536);
    while (agent.read(buffer.clear()) >= 0) {
      buffer.flip();
      var sprung = taken(buffer);
      if (sprung != null && sprung.moment == Moment.BEFORE) {
        sprung.spring.run();
        return;
      }
      if (sprung != null && sprung.moment == Moment.AFTER) {
        onAnswer.set(sprung);
      }
      write(buffer, behind);
      if (sprung != null && sprung.moment == Moment.DURING) {
        sprung.spring.run();
        return;
      }
    }
  }

  private Trap taken(ByteBuffer buffer) {
    var set = trap.get();
    if (set == null) {
      return null;
    }
    var head =
        new String(buffer.array(), 0, Math.min(buffer.limit(), 200), StandardCharsets.ISO_8859_1);
    return set.call.matcher(head).matches() && trap.compareAndSet(set, null) ? set : null;
  }

  private static void answers(
      SocketChannel behind, SocketChannel agent, AtomicReference<Trap> onAnswer) {
    var buffer = ByteBuffer.allocate(65_536);
    try (agent) {
      while (behind.read(buffer.clear()) >= 0) {
        var due = onAnswer.getAndSet(null);
        if (due != null) {
          due.spring.run();
          return;
        }
        write(buffer.flip(), agent);
      }
    } catch (IOException ended) {
      return; // the agent sees it too
    }
  }

  private static void write(ByteBuffer buffer, SocketChannel to) throws IOException {
    while (buffer.hasRemaining()) {
      int _ = to.write(buffer);
    }
  }

  private static void daemon(Runnable work) {
    Thread.ofPlatform().daemon().name("engine-tap").start(work);
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
