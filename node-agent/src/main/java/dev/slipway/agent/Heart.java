package dev.slipway.agent;

import dev.slipway.agent.messaging.KafkaOutbox;
import dev.slipway.model.Secret;
import dev.slipway.model.account.KeyHash;
import dev.slipway.model.node.AgentState;
import dev.slipway.model.node.Heartbeat;
import dev.slipway.model.node.NodeFacts;
import dev.slipway.model.node.NodeFacts.Capacity;
import dev.slipway.model.node.NodeId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says regularly that this node is there, and what it is. */
final class Heart {

  private final NodeId node;
  private final EngineHealth health;
  private final KafkaOutbox outbox;
  private final NodeAgentSettings settings;
  private final Supplier<AgentState> state;
  private final InstantSource clock;
  private Capacity lastCapacity = new Capacity(0, 0, 0);

  Heart(
      NodeId node,
      EngineHealth health,
      KafkaOutbox outbox,
      NodeAgentSettings settings,
      Supplier<AgentState> state,
      InstantSource clock) {
    this.state = state;
    this.node = node;
    this.health = health;
    this.outbox = outbox;
    this.settings = settings;
    this.clock = clock;
  }

  void beat() {
    outbox.send(new Heartbeat(node, clock.instant(), facts(), token(), state.get()));
  }

  /** What is kept of the token on the other side; the token itself is nobody's to read. */
  private @Nullable KeyHash token() {
    var token = settings.node().token();
    return token == null || token.isBlank() ? null : KeyHash.of(new Secret(token.strip()));
  }

  private NodeFacts facts() {
    var name = settings.node().name();
    var address = settings.node().address();
    var engine = health.check();
    var about = engine.about();
    if (about != null) {
      lastCapacity = about.capacity();
    }
    return new NodeFacts(
        name == null || name.isBlank() ? hostName() : name,
        settings.node().tags().stream().map(String::strip).filter(t -> !t.isEmpty()).toList(),
        address == null || address.isBlank() ? hostAddress() : address,
        engine.version(),
        lastCapacity,
        settings.simulated(),
        about == null ? null : about.facts(),
        engine.problem());
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (IOException unknown) {
      return "localhost";
    }
  }

  private static String hostAddress() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(Heart::isOfTheHost)
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> address.isSiteLocalAddress() && address.getAddress().length == 4)
          .map(InetAddress::getHostAddress)
          .sorted()
          .findFirst()
          .orElse("127.0.0.1");
    } catch (SocketException unknown) {
      return "127.0.0.1";
    }
  }

  /** Not of the Engine's own bridges. */
  private static boolean isOfTheHost(NetworkInterface network) {
    try {
      return network.isUp()
          && !network.isLoopback()
          && !network.getName().matches("(docker|br-|veth|v\\d).*");
    } catch (SocketException unknown) {
      return false;
    }
  }
}
