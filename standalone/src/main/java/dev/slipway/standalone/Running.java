package dev.slipway.standalone;

import dev.slipway.docker.EngineConnection;
import dev.slipway.docker.discovery.EngineChoice;
import dev.slipway.standalone.embedded.EmbeddedDatabase;
import dev.slipway.standalone.embedded.EmbeddedKafka;
import dev.slipway.standalone.embedded.EmbeddedMongo;
import dev.slipway.standalone.limits.DatabaseWatch;
import dev.slipway.standalone.limits.DiskReserve;
import dev.slipway.standalone.limits.Limits;
import dev.slipway.standalone.limits.LimitsWatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * All that a start has started, to be stopped in the other order. A stop may come while the start
 * is under way: what is half started then is waited for, since a PostgreSQL would outlive us.
 */
final class Running implements AutoCloseable {

  private static final Duration LONGEST_START = Duration.ofSeconds(90);

  private final Deque<AutoCloseable> started = new ConcurrentLinkedDeque<>();
  private final Queue<CompletableFuture<?>> starting = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Limits limits = new Limits();
  private final Ending ending;
  private final Settings settings;
  private final Console console;
  private final ApiKey apiKey;
  private volatile @Nullable ConfigurableApplicationContext context;

  private Running(Settings settings, Console console, ApiKey apiKey) {
    this.settings = settings;
    this.console = console;
    this.apiKey = apiKey;
    this.ending = new Ending(console);
  }

  /**
   * Nothing runs yet, but everything that it needs is ours.
   *
   * @throws CannotStart if something is in the way that the user can clear
   */
  static Running prepare(Settings settings, Console console) {
    var folder = DataFolder.take(settings.data());
    new RestoreMark(settings.data()).check();
    LogFile.in(settings.data());
    folder.closed().ifPresent(console::line);
    checkFree(settings.bindAddress(), settings.port(), "--port");
    if (settings.of("SLIPWAY_KAFKA").isEmpty()) {
      checkFree("127.0.0.1", settings.kafkaPort(), "SLIPWAY_KAFKA_PORT");
    }
    var running = new Running(settings, console, ApiKey.of(settings));
    running.started.push(folder);
    return running;
  }

  private static void checkFree(String address, int port, String setting) {
    try (var _ = new ServerSocket(port, 1, InetAddress.getByName(address))) {
      return;
    } catch (IOException taken) {
      throw new CannotStart(
          "port %d cannot be listened on (%s); choose another with %s"
              .formatted(port, taken.getMessage(), setting));
    }
  }

  /** Returns when the first request can be answered. */
  void start() {
    console.line("Slipway starts, with its data in " + settings.data());
    startAll();
  }

  private void startAll() {
    watchLimits();
    var kafka = kafka();
    var postgres = postgres();
    var mongo =
        embedded(
            "SLIPWAY_MONGODB",
            "Views",
            EmbeddedMongo::start,
            standIn -> standIn.connectionString("slipway"));
    var addresses = new Addresses(join(kafka), join(postgres), join(mongo));
    var context = console.timed("Slipway itself", () -> spring(addresses));
    started.push(context);
    this.context = context;
    InstallationServers.write(settings, addresses.kafka(), engineChoice());
    boolean _ = console.timed("Views are built", () -> Ready.await(context, console::line));
  }

  private void watchLimits() {
    var disk = new DiskReserve(settings.data(), settings.diskReserve());
    try {
      var exhaustion = disk.exhaustion();
      if (exhaustion != null) {
        throw new CannotStart(exhaustion);
      }
    } catch (IOException failure) {
      throw new CannotStart(FileProblem.describe(failure));
    }
    started.push(new LimitsWatch(limits, disk, console::problem, ending));
  }

  private CompletableFuture<String> kafka() {
    var folder = settings.data().resolve("kafka");
    EmbeddedKafka.onFailure(ending::atOnce);
    settings.useKafkaLogin();
    return embedded(
        "SLIPWAY_KAFKA",
        "Kafka",
        () -> EmbeddedKafka.start(folder, settings.kafkaPort()),
        EmbeddedKafka::bootstrapServers);
  }

  private CompletableFuture<String> postgres() {
    var data = settings.data();
    return embedded(
        "SLIPWAY_POSTGRES",
        "PostgreSQL",
        () ->
            EmbeddedDatabase.start(
                data.resolve("postgres"), data.resolve("programs"), data.resolve("postgres.log")),
        database -> {
          ending.alsoEnd(database);
          started.push(new DatabaseWatch(database, limits, console::problem, ending));
          return database.jdbcUrl();
        });
  }

  private record Addresses(String kafka, String postgres, String mongodb) {}

  /** Starts one server of our own, beside the others, unless the settings name one. */
  private <T extends AutoCloseable> CompletableFuture<String> embedded(
      String variable, String name, Supplier<T> start, Function<T, String> address) {
    var given = settings.of(variable);
    if (given.isPresent()) {
      return CompletableFuture.completedFuture(given.get());
    }
    var server =
        CompletableFuture.supplyAsync(
            () -> {
              var running = console.timed(name, start);
              started.push(running);
              return address.apply(running);
            },
            work -> Thread.ofPlatform().name("start-" + name).start(work));
    starting.add(server);
    return server;
  }

  private static String join(CompletableFuture<String> starting) {
    try {
      return starting.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
  }

  private ConfigurableApplicationContext spring(Addresses addresses) {
    return new SpringApplicationBuilder(StandaloneConfiguration.class)
        .properties("spring.config.name=standalone")
        .registerShutdownHook(false)
        .initializers(made -> made.getBeanFactory().registerSingleton("limits", limits))
        .run(
            "--slipway.port=" + settings.port(),
            "--slipway.bind=" + settings.bindAddress(),
            "--slipway.url=" + settings.of("SLIPWAY_URL").orElse(settings.url()),
            "--slipway.data=" + settings.data(),
            "--slipway.simulated=" + settings.simulated(),
            "--slipway.user=" + settings.user(),
            "--slipway.apikey=" + apiKey.value(),
            "--slipway.kafka=" + addresses.kafka(),
            // One process reads what it writes itself: each further partition only costs.
            "--slipway.event-partitions=" + (settings.of("SLIPWAY_KAFKA").isEmpty() ? 1 : 8),
            "--slipway.postgres=" + addresses.postgres(),
            "--slipway.mongodb=" + addresses.mongodb());
  }

  /** Null where containers are simulated. */
  @Nullable EngineChoice engineChoice() {
    return settings.simulated() || context == null ? null : context.getBean(EngineChoice.class);
  }

  /** Null where containers are simulated. */
  @Nullable EngineConnection engine() {
    return settings.simulated() || context == null ? null : context.getBean(EngineConnection.class);
  }

  ApiKey apiKey() {
    return apiKey;
  }

  /** At the end of the process, however that came. */
  @Override
  public void close() {
    if (stopping.getAndSet(true)) {
      return;
    }
    console.line("");
    console.line("Slipway stops; containers go on running.");
    awaitHalfStarted();
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception failure) {
        LoggerFactory.getLogger(Running.class).warn("Something did not stop cleanly", failure);
      }
    }
  }

  private void awaitHalfStarted() {
    CompletableFuture.allOf(starting.toArray(CompletableFuture<?>[]::new))
        .handle((_, _) -> true)
        .completeOnTimeout(false, LONGEST_START.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /** Whether what goes wrong from now on goes wrong because of that. */
  boolean isStopping() {
    return stopping.get();
  }
}
