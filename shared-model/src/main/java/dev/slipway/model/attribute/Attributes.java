package dev.slipway.model.attribute;

import static dev.slipway.model.attribute.Attribute.Trait.FIXED;
import static dev.slipway.model.attribute.Attribute.Trait.IN_CONTAINER;
import static dev.slipway.model.attribute.Attribute.Trait.NULLABLE;
import static dev.slipway.model.attribute.Kinds.flag;
import static dev.slipway.model.attribute.Kinds.listOf;
import static dev.slipway.model.attribute.Kinds.number;
import static dev.slipway.model.attribute.Kinds.oneOf;
import static dev.slipway.model.attribute.Kinds.oneOrMore;
import static dev.slipway.model.attribute.Kinds.text;

import com.google.re2j.Pattern;
import dev.slipway.model.attribute.Attribute.Trait;
import dev.slipway.model.service.AutoDestroy;
import dev.slipway.model.service.AutoRestart;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.DeployOrder;
import dev.slipway.model.service.DeploymentStrategy;
import dev.slipway.model.service.EngineHealthCheck;
import dev.slipway.model.service.EnvironmentVariable;
import dev.slipway.model.service.HealthCheck;
import dev.slipway.model.service.Logging;
import dev.slipway.model.service.OnNodeLoss;
import dev.slipway.model.service.PortSpec;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.ServiceLink;
import dev.slipway.model.service.Ulimit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Every attribute of a service that a client may set, in the order of the API page's tables. This
 * is the one place that knows them: requests are read, events stored, containers made and answers
 * written by walking it.
 */
public final class Attributes {

  private static final Map<String, Attribute<?>> BY_NAME = new LinkedHashMap<>();

  private static final Pattern MAC = Pattern.compile("([0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}");
  private static final Pattern CPUS = Pattern.compile("\\d+(-\\d+)?(,\\d+(-\\d+)?)*");

  private static final Pattern SIZE = Pattern.compile("[0-9]{1,15}([kKmMgG]?[bB]?)");

  /** A stop that takes longer would outlast the deadline of its operation. */
  private static final int LONGEST_STOP = 600;

  /** How many containers a service may have. */
  public static final int MOST_CONTAINERS = 1_000;

  public static final Attribute<String> IMAGE = required("image", ImageName.KIND, IN_CONTAINER);
  public static final Attribute<String> NAME = required("name", ServiceName.KIND, FIXED);
  public static final Attribute<String> NICKNAME = nullable("nickname", text());
  public static final Attribute<Integer> TARGET_NUM_CONTAINERS =
      set("target_num_containers", number(0, MOST_CONTAINERS), 1);
  public static final Attribute<String> RUN_COMMAND =
      nullable("run_command", EngineKinds.command(), IN_CONTAINER);
  public static final Attribute<String> ENTRYPOINT =
      nullable("entrypoint", EngineKinds.command(), IN_CONTAINER);
  public static final Attribute<List<PortSpec>> CONTAINER_PORTS =
      set("container_ports", listOf(SubObjects.port()), List.of(), IN_CONTAINER);
  public static final Attribute<List<EnvironmentVariable>> CONTAINER_ENVVARS =
      set("container_envvars", listOf(SubObjects.variable()), List.of(), IN_CONTAINER);
  public static final Attribute<List<ServiceLink>> LINKED_TO_SERVICE =
      set("linked_to_service", listOf(SubObjects.link()), List.of(), IN_CONTAINER);
  public static final Attribute<List<Binding>> BINDINGS =
      set("bindings", listOf(SubObjects.binding()), List.of(), IN_CONTAINER);
  public static final Attribute<AutoRestart> AUTORESTART =
      set(
          "autorestart",
          oneOf(AutoRestart.class, AutoRestart::name),
          AutoRestart.OFF,
          IN_CONTAINER);
  public static final Attribute<AutoDestroy> AUTODESTROY =
      set("autodestroy", oneOf(AutoDestroy.class, AutoDestroy::name), AutoDestroy.OFF);
  public static final Attribute<Boolean> SEQUENTIAL_DEPLOYMENT =
      set("sequential_deployment", flag(), false);
  public static final Attribute<List<String>> ROLES =
      set("roles", listOf(oneOf("global")), List.of(), IN_CONTAINER);
  public static final Attribute<Boolean> PRIVILEGED =
      set("privileged", flag(), false, IN_CONTAINER);
  public static final Attribute<DeploymentStrategy> DEPLOYMENT_STRATEGY =
      set(
          "deployment_strategy",
          oneOf(DeploymentStrategy.class, DeploymentStrategy::name),
          DeploymentStrategy.EMPTIEST_NODE);
  public static final Attribute<OnNodeLoss> ON_NODE_LOSS =
      set("on_node_loss", oneOf(OnNodeLoss.class, OnNodeLoss::text), OnNodeLoss.KEEP);
  public static final Attribute<DeployOrder> DEPLOY_ORDER =
      set("deploy_order", oneOf(DeployOrder.class, DeployOrder::text), DeployOrder.STOP_FIRST);
  public static final Attribute<Integer> DEPLOY_BATCH =
      set("deploy_batch", number(1, MOST_CONTAINERS), 1);
  public static final Attribute<Boolean> DEPLOY_ROLLBACK = set("deploy_rollback", flag(), false);
  public static final Attribute<HealthCheck> HEALTH_CHECK =
      nullable("health_check", HealthCheckKind.kind(), IN_CONTAINER);
  public static final Attribute<List<String>> TAGS =
      set("tags", listOf(SubObjects.tag()), List.of(), IN_CONTAINER);
  public static final Attribute<Boolean> AUTOREDEPLOY = set("autoredeploy", flag(), false);
  public static final Attribute<String> NET =
      set("net", oneOf("bridge", "host"), "bridge", IN_CONTAINER);
  public static final Attribute<String> PID =
      set("pid", oneOf("none", "host"), "none", IN_CONTAINER);
  public static final Attribute<String> WORKING_DIR = nullable("working_dir", text(), IN_CONTAINER);
  public static final Attribute<String> USER = nullable("user", text(), IN_CONTAINER);
  public static final Attribute<String> HOSTNAME = nullable("hostname", text(), IN_CONTAINER);
  public static final Attribute<String> DOMAINNAME = nullable("domainname", text(), IN_CONTAINER);
  public static final Attribute<String> MAC_ADDRESS =
      nullable("mac_address", text(MAC, "must be like 02:42:ac:11:65:43"), IN_CONTAINER);
  public static final Attribute<String> CGROUP_PARENT =
      nullable("cgroup_parent", List.of("cgroup_name"), text(), IN_CONTAINER);
  public static final Attribute<Boolean> TTY = set("tty", flag(), false, IN_CONTAINER);
  public static final Attribute<Boolean> STDIN_OPEN =
      set("stdin_open", flag(), false, IN_CONTAINER);
  public static final Attribute<Boolean> READ_ONLY = set("read_only", flag(), false, IN_CONTAINER);
  public static final Attribute<List<String>> DNS = texts("dns");
  public static final Attribute<List<String>> DNS_SEARCH = texts("dns_search");
  public static final Attribute<List<String>> CAP_ADD = texts("cap_add");
  public static final Attribute<List<String>> CAP_DROP = texts("cap_drop");
  public static final Attribute<List<String>> DEVICES = texts("devices");
  public static final Attribute<List<String>> EXTRA_HOSTS = texts("extra_hosts");
  public static final Attribute<List<String>> SECURITY_OPT = texts("security_opt", "secuirty_opt");
  public static final Attribute<Map<String, String>> LABELS =
      set("labels", EngineKinds.pairs(), Map.of(), IN_CONTAINER);
  public static final Attribute<Integer> CPU_SHARES =
      nullable("cpu_shares", number(0, 262_144), IN_CONTAINER);
  public static final Attribute<String> CPUSET =
      nullable("cpuset", text(CPUS, "must be like 0,1 or 0-3"), IN_CONTAINER);
  public static final Attribute<Integer> MEMORY =
      nullable("memory", number(6, Integer.MAX_VALUE), IN_CONTAINER);
  public static final Attribute<Integer> MEMORY_SWAP =
      nullable("memory_swap", number(-1, Integer.MAX_VALUE), IN_CONTAINER);
  public static final Attribute<EngineHealthCheck> HEALTHCHECK =
      nullable("healthcheck", EngineKinds.healthCheck(), IN_CONTAINER);
  public static final Attribute<Boolean> INIT = nullable("init", flag(), IN_CONTAINER);
  public static final Attribute<String> STOP_SIGNAL = nullable("stop_signal", text(), IN_CONTAINER);
  public static final Attribute<Integer> STOP_GRACE_PERIOD =
      nullable("stop_grace_period", EngineKinds.seconds(0, LONGEST_STOP), IN_CONTAINER);
  public static final Attribute<List<Ulimit>> ULIMITS =
      set("ulimits", EngineKinds.ulimits(), List.of(), IN_CONTAINER);
  public static final Attribute<String> SHM_SIZE =
      nullable("shm_size", text(SIZE, "must be like 64m, 2g, or a number of bytes"), IN_CONTAINER);
  public static final Attribute<Logging> LOGGING =
      nullable("logging", EngineKinds.logging(), IN_CONTAINER);
  public static final Attribute<List<String>> TMPFS = texts("tmpfs");
  public static final Attribute<Map<String, String>> SYSCTLS =
      set("sysctls", EngineKinds.pairs(), Map.of(), IN_CONTAINER);
  public static final Attribute<List<ServiceId>> DEPENDS_ON =
      set("depends_on", listOf(SubObjects.dependency()), List.of());

  private static final List<Attribute<?>> ALL = List.copyOf(BY_NAME.values());

  private Attributes() {}

  /** All of them, in the order of the API page. */
  public static List<Attribute<?>> all() {
    return ALL;
  }

  /** The attribute of that name, null if there is none; aliases are not names. */
  public static @Nullable Attribute<?> named(String name) {
    return BY_NAME.get(name);
  }

  private static Attribute<List<String>> texts(String name, String... aliases) {
    return add(
        new Attribute<>(
            name, List.of(aliases), oneOrMore(text()), List.of(), Set.of(IN_CONTAINER)));
  }

  private static <T> Attribute<T> required(String name, Kind<T> kind, Trait... traits) {
    return add(new Attribute<>(name, List.of(), kind, null, Set.of(traits)));
  }

  private static <T> Attribute<T> nullable(String name, Kind<T> kind, Trait... traits) {
    return nullable(name, List.of(), kind, traits);
  }

  private static <T> Attribute<T> nullable(
      String name, List<String> aliases, Kind<T> kind, Trait... traits) {
    var all = new java.util.HashSet<>(Set.of(traits));
    all.add(NULLABLE);
    return add(new Attribute<>(name, aliases, kind, null, Set.copyOf(all)));
  }

  private static <T> Attribute<T> set(String name, Kind<T> kind, T unset, Trait... traits) {
    return add(new Attribute<>(name, List.of(), kind, unset, Set.of(traits)));
  }

  private static <T> Attribute<T> add(Attribute<T> attribute) {
    BY_NAME.put(attribute.name(), attribute);
    return attribute;
  }
}
