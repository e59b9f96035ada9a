package dev.slipway.acceptance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A line to a port of this machine that can fall silent, or be cut. */
final class Link implements AutoCloseable {

  private enum State {
    UP,
    /** What is sent arrives later, if ever: as when a cable is pulled. */
    SILENT,
    /** Whoever connects is refused: as when the other end is not there. */
    REFUSED
  }

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private State state = State.UP;

  Link(int target) throws IOException {
    this.target = target;
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void fallSilent() {
    become(State.SILENT);
  }

  void refuse() {
    become(State.REFUSED);
    sockets.forEach(Link::close);
  }

  void mend() {
    become(State.UP);
  }

  private synchronized void become(State next) {
    state = next;
    notifyAll();
  }

  private synchronized void awaitUp() throws InterruptedException, IOException {
    while (state == State.SILENT) {
      wait();
    }
    if (state == State.REFUSED) {
      throw new IOException("cut");
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var near = server.accept();
        Thread.startVirtualThread(() -> connect(near));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void connect(Socket near) {
    sockets.add(near);
    try {
      awaitUp();
      var far = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(far);
      near.setTcpNoDelay(true);
      far.setTcpNoDelay(true);
      Thread.startVirtualThread(() -> pump(far, near));
      pump(near, far);
    } catch (IOException | InterruptedException failure) {
      close(near);
    } finally {
      sockets.remove(near);
    }
  }

  private void pump(Socket from, Socket to) {
    var buffer = new byte[65_536];
    try {
      for (int read = from.getInputStream().read(buffer);
          read >= 0;
          read = from.getInputStream().read(buffer)) {
        awaitUp();
        to.getOutputStream().write(buffer, 0, read);
      }
    } catch (IOException | InterruptedException ended) {
      // both ends are closed below
    } finally {
      close(from);
      close(to);
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException already) {
      // it is closed
    }
  }

  @Override
  public void close() {
    become(State.REFUSED);
    sockets.forEach(Link::close);
    try {
      server.close();
    } catch (IOException already) {
      // it is closed
    }
  }
}
