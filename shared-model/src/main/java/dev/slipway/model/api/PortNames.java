package dev.slipway.model.api;

import dev.slipway.model.service.PortSpec;
import java.util.Map;

/** The names that IANA gives to the ports seen most. */
final class PortNames {

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(21, "ftp"),
          Map.entry(22, "ssh"),
          Map.entry(25, "smtp"),
          Map.entry(53, "domain"),
          Map.entry(80, "http"),
          Map.entry(110, "pop3"),
          Map.entry(143, "imap"),
          Map.entry(161, "snmp"),
          Map.entry(389, "ldap"),
          Map.entry(443, "https"),
          Map.entry(514, "syslog"),
          Map.entry(636, "ldaps"),
          Map.entry(873, "rsync"),
          Map.entry(993, "imaps"),
          Map.entry(1433, "ms-sql-s"),
          Map.entry(1521, "ncube-lm"),
          Map.entry(1883, "mqtt"),
          Map.entry(2049, "nfs"),
          Map.entry(2181, "eforward"),
          Map.entry(2379, "etcd-client"),
          Map.entry(3306, "mysql"),
          Map.entry(3389, "ms-wbt-server"),
          Map.entry(4369, "epmd"),
          Map.entry(5432, "postgresql"),
          Map.entry(5672, "amqp"),
          Map.entry(5900, "rfb"),
          Map.entry(5984, "couchdb"),
          Map.entry(6379, "redis"),
          Map.entry(8080, "http-alt"),
          Map.entry(9042, "cassandra"),
          Map.entry(9092, "XmlIpcRegSvc"),
          Map.entry(9200, "wap-wsp"),
          Map.entry(11211, "memcache"),
          Map.entry(27017, "mongodb"));

  private PortNames() {}

  /** {@code unknown} if it has none, as the API page has it. */
  static String of(int port) {
    return NAMES.getOrDefault(port, "unknown");
  }

  /** The scheme of a URI to the port. */
  static String scheme(PortSpec port) {
    var name = of(port.innerPort());
    return name.equals("unknown") ? port.protocol().text() : name;
  }
}
