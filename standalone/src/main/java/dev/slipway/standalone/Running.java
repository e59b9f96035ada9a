package dev.slipway.standalone;

import dev.slipway.standalone.embedded.EmbeddedDatabase;
import dev.slipway.standalone.embedded.EmbeddedKafka;
import dev.slipway.standalone.embedded.EmbeddedMongo;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** All that a start has started, to be stopped in the other order. */
final class Running implements AutoCloseable {

  private final Deque<AutoCloseable> started = new ArrayDeque<>();
  private final Console console;
  private final ApiKey apiKey;

  private Running(Console console, ApiKey apiKey) {
    this.console = console;
    this.apiKey = apiKey;
  }

  /**
   * @throws CannotStart if something is in the way that the user can clear
   */
  static Running start(Settings settings, Console console) {
    var folder = DataFolder.take(settings.data());
    LogFile.in(settings.data());
    checkFree(settings);
    var running = new Running(console, ApiKey.of(settings));
    running.started.push(folder);
    try {
      console.line("Slipway starts, with its data in " + settings.data());
      running.startAll(settings);
      return running;
    } catch (RuntimeException failure) {
      running.stop();
      throw failure;
    }
  }

  private static void checkFree(Settings settings) {
    try (var _ =
        new ServerSocket(settings.port(), 1, InetAddress.getByName(settings.bindAddress()))) {
      return;
    } catch (IOException taken) {
      throw new CannotStart(
          "port %d cannot be listened on (%s); choose another with --port"
              .formatted(settings.port(), taken.getMessage()));
    }
  }

  private void startAll(Settings settings) {
    var kafka = kafka(settings);
    var postgres = postgres(settings);
    var mongo =
        embedded(
            settings,
            "SLIPWAY_MONGODB",
            "Views",
            EmbeddedMongo::start,
            standIn -> standIn.connectionString("slipway"));
    var addresses = new Addresses(join(kafka), join(postgres), join(mongo));
    var context = console.timed("Slipway itself", () -> spring(settings, addresses));
    started.push(context);
    boolean _ = console.timed("Views are built", () -> Ready.await(context));
  }

  private CompletableFuture<String> kafka(Settings settings) {
    var folder = settings.data().resolve("kafka");
    return embedded(
        settings,
        "SLIPWAY_KAFKA",
        "Kafka",
        () -> EmbeddedKafka.start(folder, settings.kafkaPort()),
        EmbeddedKafka::bootstrapServers);
  }

  private CompletableFuture<String> postgres(Settings settings) {
    var data = settings.data();
    return embedded(
        settings,
        "SLIPWAY_POSTGRES",
        "PostgreSQL",
        () ->
            EmbeddedDatabase.start(
                data.resolve("postgres"), data.resolve("programs"), data.resolve("postgres.log")),
        EmbeddedDatabase::jdbcUrl);
  }

  private record Addresses(String kafka, String postgres, String mongodb) {}

  /** Starts one server of our own, beside the others, unless the settings name one. */
  private <T extends AutoCloseable> CompletableFuture<String> embedded(
      Settings settings,
      String variable,
      String name,
      Supplier<T> start,
      Function<T, String> address) {
    var given = settings.of(variable);
    if (given.isPresent()) {
      return CompletableFuture.completedFuture(given.get());
    }
    return CompletableFuture.supplyAsync(
        () -> {
          var server = console.timed(name, start);
          synchronized (started) {
            started.push(server);
          }
          return address.apply(server);
        },
        work -> Thread.ofPlatform().name("start-" + name).start(work));
  }

  private static String join(CompletableFuture<String> starting) {
    try {
      return starting.join();
    } catch (CompletionException failure) {
      throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
    }
  }

  private ConfigurableApplicationContext spring(Settings settings, Addresses addresses) {
    return new SpringApplicationBuilder(StandaloneConfiguration.class)
        .properties("spring.config.name=standalone")
        .registerShutdownHook(false)
        .run(
            "--slipway.port=" + settings.port(),
            "--slipway.bind=" + settings.bindAddress(),
            "--slipway.data=" + settings.data(),
            "--slipway.simulated=" + settings.simulated(),
            "--slipway.user=" + settings.user(),
            "--slipway.apikey=" + apiKey.value(),
            "--slipway.kafka=" + addresses.kafka(),
            "--slipway.postgres=" + addresses.postgres(),
            "--slipway.mongodb=" + addresses.mongodb());
  }

  ApiKey apiKey() {
    return apiKey;
  }

  /** At the end of the process, however that came. */
  @Override
  public void close() {
    console.line("");
    console.line("Slipway stops; containers go on running.");
    stop();
  }

  private void stop() {
    while (!started.isEmpty()) {
      try {
        started.pop().close();
      } catch (Exception failure) {
        LoggerFactory.getLogger(Running.class).warn("Something did not stop cleanly", failure);
      }
    }
  }
}
