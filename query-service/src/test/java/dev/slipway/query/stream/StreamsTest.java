package dev.slipway.query.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsTest {

  static final Form<String> FORM =
      new Form<>(
          item -> "{\"item\":\"%s\"}".formatted(item), item -> item + "\n", item -> "at-" + item);

  @TempDir Path folder;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Streams streams =
      new Streams(
          new StreamLimits(
              Duration.ofSeconds(1),
              Duration.ZERO,
              new KeepAlive.Times(Duration.ofSeconds(30), Duration.ofSeconds(75))),
          new Drops(meters));

  /** What a client of a server that answers with the source gets. */
  String answer(String format, Source<String> source) throws Exception {
    var tomcat = new Tomcat();
    tomcat.setBaseDir(folder.toString());
    tomcat.setPort(0);
    var context = tomcat.addContext("", null);
    Tomcat.addServlet(
        context,
        "stream",
        new HttpServlet() {
          @Override
          protected void doGet(HttpServletRequest request, HttpServletResponse response) {
            streams.answer(source, FORM, request, response);
          }
        });
    context.addServletMappingDecoded("/", "stream");
    tomcat.start();
    try (var client = HttpClient.newHttpClient()) {
      var port = tomcat.getConnector().getLocalPort();
      var uri = URI.create("http://127.0.0.1:%d/?format=%s".formatted(port, format));
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  static final Source<String> LOST =
      sink -> {
        sink.send(List.of("a"));
        throw new ReaderTooSlow("the rest is gone");
      };

  double dropped(String reason) {
    return meters.get("slipway.streams.dropped").tag("reason", reason).counter().count();
  }

  @Test
  void tellsAReaderOfServerSentEventsWhyNoMoreComes() throws Exception {
    assertThat(answer("sse", LOST))
        .isEqualTo(
            """
            id: at-a
            data: {"item":"a"}

            event: error
            data: {"type":"error","data":{"errorMessage":"the rest is gone"}}

            """);
    assertThat(dropped("the rest is gone")).isEqualTo(1);
  }

  @Test
  void tellsAReaderOfTextWhyNoMoreComes() throws Exception {
    assertThat(answer("text", LOST)).isEqualTo("a\nerror: the rest is gone\n");
  }

  @Test
  void endsATextInWhichNothingComes() throws Exception {
    assertThat(
            answer(
                "text",
                sink -> {
                  sink.send(List.of("a"));
                  while (true) {
                    sink.pulse();
                  }
                }))
        .isEqualTo("a\nerror: nothing came for too long\n");
    assertThat(dropped("nothing came for too long")).isEqualTo(1);
  }
}
