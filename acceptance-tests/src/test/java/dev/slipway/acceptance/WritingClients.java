package dev.slipway.acceptance;

import static dev.slipway.acceptance.Api.SERVICES;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Clients that create and change services without a pause, and keep what they were told. */
final class WritingClients {

  private static final int CHANGES_OF_EACH = 4;

  private final Supplier<Api> connect;
  private final Queue<Acknowledged> services = new ConcurrentLinkedQueue<>();
  private final Queue<String> names = new ConcurrentLinkedQueue<>();
  private final Queue<String> refused = new ConcurrentLinkedQueue<>();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private volatile CountDownLatch up = new CountDownLatch(0);
  private volatile boolean ended;

  WritingClients(Supplier<Api> connect) {
    this.connect = connect;
  }

  /** One client, until the end. */
  void write(int client) {
    var api = connect.get();
    for (int number = 1; !ended; number++) {
      var name = "load-%d-%d".formatted(client, number);
      names.add(name);
      var created =
          send(() -> api.post(SERVICES, Map.of("image", "demo/hello:latest", "name", name)));
      if (created != null) {
        change(api, created.text("resource_uri"), new Acknowledged(created.text("uuid")));
      }
    }
  }

  private void change(Api api, String uri, Acknowledged service) {
    services.add(service);
    for (int change = 1; change <= CHANGES_OF_EACH && !ended; change++) {
      var value = "change-" + change;
      service.asks(value);
      if (send(() -> api.patch(uri, Map.of("nickname", value))) != null) {
        service.isAnswered();
      }
    }
  }

  /** Null if nobody knows what became of it; the client then waits until it is told to go on. */
  private Api.Answer send(Supplier<Api.Answer> request) {
    try {
      var answer = request.get();
      if (answer.status() < 300) {
        answered.incrementAndGet();
        return answer;
      }
      if (answer.status() < 500) {
        refused.add(answer.status() + ": " + answer.raw().body());
      }
    } catch (UncheckedIOException killed) {
      // counted below, as an answer that says as little
    }
    unanswered.incrementAndGet();
    try {
      up.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return null;
  }

  /** From now on, until {@link #goOn}. */
  void pauseWhenUnanswered() {
    up = new CountDownLatch(1);
  }

  void goOn() {
    up.countDown();
  }

  void end() {
    ended = true;
    up.countDown();
  }

  int answered() {
    return answered.get();
  }

  int unanswered() {
    return unanswered.get();
  }

  /** Those that clients were told are created. */
  List<Acknowledged> services() {
    return List.copyOf(services);
  }

  /** All that clients asked for. */
  List<String> names() {
    return List.copyOf(names);
  }

  /** What was answered with a refusal, though nothing asked for may be refused. */
  List<String> refused() {
    return List.copyOf(refused);
  }
}
