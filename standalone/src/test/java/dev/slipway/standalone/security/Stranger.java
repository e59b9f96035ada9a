package dev.slipway.standalone.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Somebody on the host who is not Slipway's user: knocks at each port in each protocol.
 *
 * @param shell runs {@code sh -c} as that somebody
 * @param talk sends what it reads to {@code $port} and prints the answer
 */
record Stranger(List<String> shell, String talk) {

  /** The user nobody, with bash. */
  static Stranger nobody() {
    return new Stranger(
        List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups", "bash", "-c"),
        "exec 3<>/dev/tcp/127.0.0.1/$port && cat >&3 && timeout 4 cat <&3");
  }

  /** A container in the host's network, with busybox. */
  static Stranger container() {
    return new Stranger(
        List.of(
            "docker",
            "run",
            "--rm",
            "--network",
            "host",
            "--user",
            "65534",
            "demo/hello",
            "sh",
            "-c"),
        "(cat; sleep 4) | timeout 5 nc 127.0.0.1 $port");
  }

  /** An answer to a request; empty if the door stayed closed. */
  record Answer(int port, String request, String text) {}

  /** All requests at all ports at once. */
  List<Answer> knock(Collection<Integer> ports, Map<String, byte[]> requests) throws Exception {
    var script = new StringBuilder("talk() { port=$1; %s; }\n".formatted(talk));
    for (int port : ports) {
      requests.forEach(
          (name, bytes) ->
              script.append(
                  "(a=$(echo %s | base64 -d | talk %d 2>/dev/null | base64 | tr -d '\\n'); echo \"%d %s $a\") &\n"
                      .formatted(Base64.getEncoder().encodeToString(bytes), port, port, name)));
    }
    var answers = new ArrayList<Answer>();
    for (var line : run(script + "wait").lines().toList()) {
      var words = line.strip().split(" ", -1);
      var bytes = words.length < 3 ? new byte[0] : Base64.getDecoder().decode(words[2]);
      answers.add(
          new Answer(
              Integer.parseInt(words[0]),
              words[1],
              new String(bytes, StandardCharsets.ISO_8859_1)));
    }
    assertThat(answers).hasSize(ports.size() * requests.size());
    return answers;
  }

  /** What the command prints, errors too. */
  String run(String script) throws IOException, InterruptedException {
    var command = new ArrayList<>(shell);
    command.add(script);
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
