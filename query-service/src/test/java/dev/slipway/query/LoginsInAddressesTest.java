package dev.slipway.query;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Old clients log in with the query of an address, which is nobody else's business. */
class LoginsInAddressesTest {

  static final String TOKEN = "token=key";

  final ListAppender<ILoggingEvent> log = new ListAppender<>();

  /** The line of the status. */
  static String answer(QuerySide side, String target) throws Exception {
    try (var socket = new Socket("127.0.0.1", side.port())) {
      socket.setSoTimeout(30_000);
      var request =
          """
          GET %s HTTP/1.1
          Host: localhost
          Connection: Upgrade
          Upgrade: websocket
          Sec-WebSocket-Version: 13
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==

          """
              .formatted(target);
      socket.getOutputStream().write(request.replace("\n", "\r\n").getBytes(UTF_8));
      return new String(socket.getInputStream().readNBytes(12), UTF_8);
    }
  }

  @Test
  void areLoggedNeitherWhenTheyAreGoodNorWrongNorBroken() throws Exception {
    var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    try (var side = new QuerySide(_ -> {})) {
      log.start();
      root.addAppender(log);
      root.info("What is logged is seen here");
      var login = "?user=admin&" + TOKEN;
      assertThat(answer(side, "/audit/v1/events/" + login)).isEqualTo("HTTP/1.1 101");
      assertThat(answer(side, "/audit/v1/events/" + login + "-not")).isEqualTo("HTTP/1.1 401");
      for (var broken : List.of("&type=a|b", "&type=%zz", "&type=\u00e4", "&since={}", " x y")) {
        assertThat(answer(side, "/audit/v1/events/" + login + broken))
            .as(broken)
            .startsWith("HTTP/1.1 4");
      }
      assertThat(answer(side, "/app/v1/container/x/exec/" + login)).isEqualTo("HTTP/1.1 404");
    } finally {
      root.detachAppender(log);
    }
    assertThat(List.copyOf(log.list))
        .isNotEmpty()
        .extracting(
            event ->
                event.getFormattedMessage()
                    + (event.getThrowableProxy() == null
                        ? ""
                        : ThrowableProxyUtil.asString(event.getThrowableProxy())))
        .noneMatch(text -> text.contains(TOKEN));
  }
}
