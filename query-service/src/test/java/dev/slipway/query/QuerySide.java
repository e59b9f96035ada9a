package dev.slipway.query;

import static org.awaitility.Awaitility.await;

import dev.slipway.http.AccountLog;
import dev.slipway.query.projection.FakeLog;
import dev.slipway.query.projection.KafkaAccess;
import dev.slipway.query.projection.Stores;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;

/** A whole query side on a log in memory, and a client of it. */
public final class QuerySide implements AutoCloseable {

  public static final String AUTHORIZATION =
      "Basic " + Base64.getEncoder().encodeToString("admin:key".getBytes(StandardCharsets.UTF_8));

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  public final FakeLog log;
  private final ServletWebServerApplicationContext context;

  public QuerySide(
      ApplicationContextInitializer<GenericApplicationContext> more, String... settings) {
    this(new FakeLog(), Stores.freshUri(), more, settings);
  }

  /** One that may not be the first on its log and database. */
  public QuerySide(
      FakeLog log,
      String database,
      ApplicationContextInitializer<GenericApplicationContext> more,
      String... settings) {
    this.log = log;
    var application = QueryServiceApplication.application();
    application.addInitializers(
        started -> {
          started.getBeanFactory().registerSingleton("log", (KafkaAccess) log);
          AccountLog accounts = () -> log.consumer("directory");
          started.getBeanFactory().registerSingleton("accountLog", accounts);
        });
    application.addInitializers(started -> more.initialize((GenericApplicationContext) started));
    var arguments =
        Stream.concat(
                Stream.of(
                        "--slipway.port=0",
                        "--slipway.user=admin",
                        "--slipway.apikey=key",
                        "--slipway.logs.send-timeout=1s",
                        "--slipway.mongodb=" + database)
                    .filter(byDefault -> !isSet(byDefault, settings)),
                Arrays.stream(settings))
            .toArray(String[]::new);
    context = (ServletWebServerApplicationContext) application.run(arguments);
    await().until(() -> get("/actuator/health/readiness").statusCode() == 200);
  }

  private static boolean isSet(String byDefault, String... settings) {
    var name = byDefault.substring(0, byDefault.indexOf('=') + 1);
    return Arrays.stream(settings).anyMatch(setting -> setting.startsWith(name));
  }

  public <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  public int port() {
    return context.getWebServer().getPort();
  }

  public HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return HTTP.send(request(path, headers), HttpResponse.BodyHandlers.ofString());
  }

  /** With no login but what is in the headers. */
  public HttpResponse<String> getAs(String path, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port(), path)));
    return HTTP.send(
        (headers.length > 0 ? request.headers(headers) : request).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private HttpRequest request(String path, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port(), path)))
            .header("Authorization", AUTHORIZATION);
    return (headers.length > 0 ? request.headers(headers) : request).build();
  }

  /** Reads server-sent events, each as its id and its data, until it is closed. */
  public Events events(String path, String... headers) {
    var events = new Events();
    events.response =
        HTTP.sendAsync(request(path, headers), HttpResponse.BodyHandlers.ofLines())
            .thenAccept(
                response -> {
                  events.body = response.body();
                  response.body().forEach(events::line);
                });
    return events;
  }

  /** What a reader of server-sent events has got. */
  public static final class Events implements AutoCloseable {
    public final List<String> ids = Collections.synchronizedList(new ArrayList<>());
    public final List<String> types = Collections.synchronizedList(new ArrayList<>());
    public final List<String> data = Collections.synchronizedList(new ArrayList<>());
    private CompletableFuture<Void> response = new CompletableFuture<>();
    private volatile Stream<String> body = Stream.empty();
    private String id = "";

    private void line(String line) {
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        types.add(line.substring(7));
      } else if (line.startsWith("data: ")) {
        ids.add(id);
        data.add(line.substring(6));
      }
    }

    @Override
    public void close() {
      body.close();
      boolean _ = response.cancel(true);
    }
  }

  public Frames open(String path) {
    return open(path, new Frames());
  }

  /** A client that takes no frame, and answers no ping, until it is told how many to. */
  public Frames openUnread(String path) {
    return open(path, new Frames(0));
  }

  /** For somebody else than the administrator. */
  public Frames openAs(String authorization, String path) {
    var frames = new Frames();
    frames.socket = connect(path, frames, authorization).join();
    return frames;
  }

  private Frames open(String path, Frames frames) {
    frames.socket = connect(path, frames, AUTHORIZATION).join();
    return frames;
  }

  /** The status with which a websocket is refused. */
  public int refusal(String path, String authorization) {
    try {
      connect(path, new Frames(), authorization).join().abort();
      return 101;
    } catch (CompletionException refused) {
      return ((WebSocketHandshakeException) refused.getCause()).getResponse().statusCode();
    }
  }

  private CompletableFuture<WebSocket> connect(String path, Frames frames, String authorization) {
    var builder = HTTP.newWebSocketBuilder();
    if (!authorization.isEmpty()) {
      builder.header("Authorization", authorization);
    }
    return builder.buildAsync(URI.create("ws://127.0.0.1:%d%s".formatted(port(), path)), frames);
  }

  /** A websocket client that remembers. */
  public static final class Frames implements WebSocket.Listener, AutoCloseable {

    public final List<String> received = Collections.synchronizedList(new ArrayList<>());
    public final List<String> pongs = Collections.synchronizedList(new ArrayList<>());
    public final AtomicInteger pings = new AtomicInteger();
    private final StringBuilder part = new StringBuilder();
    private final long asked;
    private volatile WebSocket socket;
    public volatile int status;
    public volatile String reason = "";

    Frames() {
      this(Long.MAX_VALUE);
    }

    private Frames(long frames) {
      asked = frames;
    }

    /** Takes so many frames more. */
    public void read(long frames) {
      socket.request(frames);
    }

    public void type(String text) {
      socket.sendText(text, true).join();
    }

    public void typeIfOpen(String text) {
      socket.sendText(text, true).exceptionally(_ -> socket).join();
    }

    public void ping(String text) {
      socket.sendPing(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8))).join();
    }

    public boolean isClosed() {
      return status != 0;
    }

    @Override
    public void close() {
      socket.abort();
    }

    @Override
    public void onOpen(WebSocket socket) {
      if (asked > 0) {
        socket.request(asked);
      }
    }

    @Override
    public CompletionStage<?> onPing(WebSocket socket, ByteBuffer message) {
      pings.incrementAndGet();
      return null;
    }

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        received.add(part.toString());
        part.setLength(0);
      }
      return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket socket, ByteBuffer message) {
      pongs.add(StandardCharsets.UTF_8.decode(message).toString());
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int statusCode, String reason) {
      this.reason = reason;
      this.status = statusCode;
      return null;
    }
  }

  @Override
  public void close() {
    context.close();
  }
}
