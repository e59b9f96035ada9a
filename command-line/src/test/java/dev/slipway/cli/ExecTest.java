package dev.slipway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExecTest {

  private static final String HELLO =
      "{\"type\":\"exec\",\"output\":\"hello\\r\\n\",\"streamType\":\"stdout\"}";
  private static final String EXIT_7 = "{\"type\":\"exit\",\"code\":7}";

  @TempDir Path folder;

  @Test
  void printsWhatTheCommandPrintsAndEndsAsItDoes() {
    try (var server = new FakeTerminal("", HELLO, EXIT_7)) {
      var ended =
          new Run(folder, server.url()).of("exec", Shop.CONTAINER, "--", "sh", "-c", "echo 'a b'");
      assertThat(ended).isEqualTo(new Run.Ended(7, "hello\r\n", ""));
      assertThat(server.requests().getLast())
          .contains(
              "/exec/?command=sh%20-c%20%27echo%20%27%5C%27%27a%20b%27%5C%27%27%27&w=80&h=24");
    }
  }

  @Test
  void passesOnWhatIsTypedAndItsEnd() {
    try (var server = new FakeTerminal("\u0004", HELLO, EXIT_7)) {
      var run = new Run(folder, server.url()).typing("echo hello\n");
      assertThat(run.of("exec", "-i", Shop.CONTAINER).code()).isEqualTo(7);
      assertThat(server.typed()).isEqualTo("echo hello\n\u0004");
    }
  }

  @Test
  void aSessionOfAnOlderServerEndsWithSuccess() {
    try (var server = new FakeTerminal("", HELLO)) {
      assertThat(new Run(folder, server.url()).of("exec", Shop.CONTAINER).code()).isZero();
    }
  }

  @Test
  void aSessionThatEndsWithoutAnExitCodeSaysWhy() {
    try (var server =
        new FakeTerminal(
            "", "{\"type\":\"exit\",\"code\":null,\"reason\":\"the node does not answer\"}")) {
      var ended = new Run(folder, server.url()).of("exec", Shop.CONTAINER);
      assertThat(ended.code()).isEqualTo(1);
      assertThat(ended.err()).contains("the session ended: the node does not answer");
    }
  }

  /**
   * The terminal is raw meanwhile: what is typed comes at once, Ctrl-C among it, and is echoed by
   * the command alone.
   */
  @Test
  void passesOnEveryKeyOfATerminal() throws Exception {
    assumeThat(Path.of("/usr/bin/python3")).as("python3 makes a terminal").isExecutable();
    try (var server = new FakeTerminal("x\u0003y", HELLO, EXIT_7)) {
      var script = folder.resolve("terminal.py");
      Files.writeString(script, PYTHON);
      var process =
          new ProcessBuilder(
                  "/usr/bin/python3",
                  script.toString(),
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:+ExitOnOutOfMemoryError",
                  "-XX:TieredStopAtLevel=1",
                  "-Dslipway.terminals=012",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "dev.slipway.cli.Slipway",
                  "exec",
                  "-it",
                  Shop.CONTAINER)
              .redirectErrorStream(true);
      process.environment().put("SLIPWAY_URL", server.url());
      process.environment().put("SLIPWAY_APIKEY", "secret");
      assertThat(printed(process.start()))
          .contains("hello")
          .endsWith("exit=7 size=33x101 echo=on\n");
      assertThat(server.typed()).isEqualTo("x\u0003y");
      assertThat(server.requests().getLast()).contains("&w=101&h=33");
    }
  }

  private static String printed(Process process) throws IOException, InterruptedException {
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return printed.replace("\r", "");
  }

  /**
   * Runs a command in a terminal of 33 rows and 101 columns, types once it is raw, and prints how
   * it ended.
   */
  private static final String PYTHON =
      """
      import fcntl, os, pty, struct, sys, termios, time
      pid, terminal = pty.fork()
      if pid == 0:
          fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack('HHHH', 33, 101, 0, 0))
          os.execv(sys.argv[1], sys.argv[1:])
      deadline = time.time() + 60
      while termios.tcgetattr(terminal)[3] & termios.ICANON and time.time() < deadline:
          time.sleep(0.05)
      os.write(terminal, b'x\\x03y')
      output = b''
      while True:
          try:
              piece = os.read(terminal, 4096)
          except OSError:
              break
          if not piece:
              break
          output += piece
          rows, columns = struct.unpack('HHHH', fcntl.ioctl(terminal, termios.TIOCGWINSZ, b'0' * 8))[:2]
      _, status = os.waitpid(pid, 0)
      echo = termios.tcgetattr(terminal)[3] & termios.ECHO
      sys.stdout.write(output.decode())
      print('exit=%d size=%dx%d echo=%s' % (os.waitstatus_to_exitcode(status), rows, columns, 'on' if echo else 'off'))
      """;
}
