package dev.slipway.standalone.embedded;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.MongoVersion;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A stand-in for MongoDB that speaks its protocol and forgets everything when it is closed, which
 * is enough for views: they are rebuilt from the log. Its password is made at each start and stored
 * nowhere.
 */
public final class EmbeddedMongo implements AutoCloseable {

  private static final int ACCEPTORS = 1;
  private static final int WORKERS = 4;

  private final MongoServer server;
  private final String password;

  private EmbeddedMongo(MongoServer server, String password) {
    this.server = server;
    this.password = password;
  }

  public static EmbeddedMongo start() {
    var password = Secrets.random();
    var server = new MongoServer(new LoginBackend(password).version(new Version7()));
    server.bind(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), FreePort.ANY), ACCEPTORS, WORKERS);
    return new EmbeddedMongo(server, password);
  }

  public String connectionString(String database) {
    return "mongodb://%s:%s@127.0.0.1:%d/%s?authSource=admin&authMechanism=%s"
        .formatted(
            ScramLogin.USER,
            password,
            server.getLocalAddress().getPort(),
            database,
            MongoLogin.MECHANISM);
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  /** Drivers refuse servers that are too old; what the stand-in can do does not depend on it. */
  private static final class Version7 implements MongoVersion {

    @Override
    public List<Integer> getVersionArray() {
      return List.of(7, 0, 0);
    }

    @Override
    public int getWireVersion() {
      return 21;
    }
  }
}
