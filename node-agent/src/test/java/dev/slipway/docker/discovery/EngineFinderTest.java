package dev.slipway.docker.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineFinderTest {

  private static final String ENGINE =
      "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nContent-Length: 2\r\n\r\nOK";

  @TempDir Path folder;

  private EngineCandidate candidate(String name, boolean chosen) {
    return new EngineCandidate(address(name), "test", chosen);
  }

  private EngineAddress address(String name) {
    return new EngineAddress(URI.create("unix://" + folder.resolve(name)), null);
  }

  /** Answers every connection with the same bytes until it is closed. */
  private ServerSocketChannel serve(String name, String answer) throws Exception {
    var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    server.bind(UnixDomainSocketAddress.of(folder.resolve(name)));
    Thread.ofVirtual()
        .start(
            () -> {
              while (server.isOpen()) {
                try (var client = server.accept()) {
                  client.read(ByteBuffer.allocate(1024));
                  client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
                } catch (java.io.IOException closed) {
                  return;
                }
              }
            });
    return server;
  }

  @Test
  void theFirstThatAnswersIsUsed() throws Exception {
    try (var _ = serve("b", ENGINE);
        var _ = serve("c", ENGINE)) {
      var choice =
          EngineFinder.choose(
              List.of(candidate("a", false), candidate("b", false), candidate("c", false)),
              EngineProbe::problem);
      assertThat(choice.answers()).isTrue();
      assertThat(choice.address()).isEqualTo(address("b"));
      assertThat(choice.rejected())
          .singleElement()
          .extracting(EngineChoice.Rejected::problem)
          .isEqualTo("there is no such file");
    }
  }

  @Test
  void anExistingSocketIsWaitedForIfNoneAnswers() throws Exception {
    serve("b", ENGINE).close();
    var choice =
        EngineFinder.choose(
            List.of(candidate("a", false), candidate("b", false)), EngineProbe::problem);
    assertThat(choice.answers()).isFalse();
    assertThat(choice.address()).isEqualTo(address("b"));
    assertThat(choice.problems()).contains("there is no such file").contains("nothing listens");
  }

  @Test
  void anotherServerIsNoEngine() throws Exception {
    try (var _ = serve("web", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>")) {
      assertThat(EngineProbe.problem(address("web"))).contains("what answers is no Docker Engine");
    }
    try (var _ = serve("broken", "HTTP/1.1 503 Service Unavailable\r\n\r\n")) {
      assertThat(EngineProbe.problem(address("broken")))
          .contains("it answers \"HTTP/1.1 503 Service Unavailable\"");
    }
  }

  @Test
  void aFileThatIsNoSocketIsNoEngine() throws Exception {
    Files.createFile(folder.resolve("file"));
    assertThat(EngineProbe.problem(address("file"))).isPresent();
  }

  @Test
  void theScriptIsTheReaderOfNameAndValue() {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    var tls = new EngineAddress.Tls(Path.of("/certs"), true);
    var tcp =
        new EngineCandidate(
            new EngineAddress(URI.create("tcp://h:2376"), tls), "DOCKER_HOST", true);
    var found = EngineFinder.choose(List.of(tcp), _ -> Optional.empty());
    assertThat(FindEngine.print(found, new PrintStream(out), new PrintStream(err))).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo("host=tcp://h:2376\ncertificates=/certs\nverify=true\n");

    var silent = EngineFinder.choose(List.of(tcp), _ -> Optional.of("refused"));
    assertThat(FindEngine.print(silent, new PrintStream(out), new PrintStream(err))).isEqualTo(2);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("tcp://h:2376 (DOCKER_HOST): refused");

    var absent = EngineFinder.choose(List.of(candidate("a", false)), EngineProbe::problem);
    assertThat(FindEngine.print(absent, new PrintStream(out), new PrintStream(err))).isEqualTo(1);
  }
}
