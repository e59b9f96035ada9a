package dev.slipway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./slipway} itself: it must run with bash 3.2 and the tools of macOS, BSD and busybox. */
class FrontDoorTest {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<Path> SCRIPTS =
      List.of(ROOT.resolve("slipway"), ROOT.resolve("deploy/unprivileged/unshare"));

  /** What bash 3.2 or the tools of BSD or busybox lack, in lines that are no comments. */
  private static final Pattern NOT_EVERYWHERE =
      Pattern.compile(
          "readlink -f|sort -V|-quit\\b|\\bgetent\\b|\\bsetsid\\b|\\btimeout \\d|grep -\\w*P"
              + "|\\bmapfile\\b|\\breadarray\\b|declare -A|\\$\\{\\w+(,,|\\^\\^)|&>>|\\|&|\\$EPOCH"
              + "|sed -i|stat -c|date -d|mktemp -p|\\bnproc\\b|\\(seq |wait -n|coproc");

  @TempDir Path folder;

  @BeforeEach
  void isAnywhereButOnWindows() {
    assumeThat(System.getProperty("os.name")).doesNotStartWith("Windows");
  }

  private record Ended(int code, String printed) {}

  private Ended bash(Map<String, String> environment, String... arguments) throws Exception {
    var command = Stream.concat(Stream.of(tool("bash")), Stream.of(arguments)).toList();
    var builder = new ProcessBuilder(command).redirectErrorStream(true).directory(ROOT.toFile());
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    var printed = new String(process.getInputStream().readAllBytes());
    return new Ended(process.waitFor(), printed.strip());
  }

  /** Runs lines with all functions of the script. */
  private Ended functions(Map<String, String> environment, String lines) throws Exception {
    return bash(environment, "-c", "set -- help; . ./slipway >/dev/null; " + lines);
  }

  private static String tool(String name) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .orElse("");
  }

  @Test
  void shellcheckFindsNothing() throws Exception {
    var shellcheck = tool("shellcheck");
    if (System.getenv("SLIPWAY_REQUIRE_SHELLCHECK") == null) {
      assumeThat(shellcheck).as("shellcheck is installed").isNotEmpty();
    }
    for (var script : SCRIPTS) {
      assertThat(bash(Map.of(), "-c", "shellcheck " + script)).isEqualTo(new Ended(0, ""));
    }
  }

  @Test
  void nothingIsUsedThatBash32OrTheToolsOfMacOsLack() throws IOException {
    for (var script : SCRIPTS) {
      assertThat(Files.readAllLines(script))
          .filteredOn(line -> !line.strip().startsWith("#"))
          .filteredOn(line -> NOT_EVERYWHERE.matcher(line).find())
          .isEmpty();
    }
  }

  /** Busybox stands for all tools that are not GNU's; only bash, git and the JDK are the host's. */
  private Map<String, String> onlyBusybox() throws Exception {
    var busybox = tool("busybox");
    assumeThat(busybox).as("busybox is installed").isNotEmpty();
    for (var applet : run(busybox, "--list").lines().toList()) {
      if (!applet.contains("/") && !applet.equals("sh") && !applet.equals("bash")) {
        Files.createSymbolicLink(folder.resolve(applet), Path.of(busybox));
      }
    }
    return Map.of("PATH", folder.toString(), "JAVA_HOME", System.getProperty("java.home"));
  }

  private static String run(String... command) throws Exception {
    var process = new ProcessBuilder(command).start();
    return new String(process.getInputStream().readAllBytes());
  }

  @Test
  void busyboxIsEnoughForWhatEveryStartDoes() throws Exception {
    var busybox = onlyBusybox();
    assertThat(bash(busybox, "./slipway", "help").printed()).startsWith("Usage: ./slipway");
    assertThat(functions(busybox, "find_jdk; echo $JAVA_HOME"))
        .isEqualTo(new Ended(0, System.getProperty("java.home")));
    assertThat(
            functions(
                    busybox,
                    """
                    touch -t 200001010000 %1$s/old; touch %1$s/new
                    sources_newer_than %1$s/missing && sources_newer_than %1$s/old
                    sources_newer_than %1$s/new && echo changed || echo same\
                    """
                        .formatted(folder))
                .printed())
        .endsWith("same");
    assertThat(functions(busybox, "limited 1 sleep 20 || echo $?").printed()).isEqualTo("143");
    assertThat(functions(busybox, "limited 20 true; echo $?").printed()).isEqualTo("0");
  }

  @Test
  void aLinkToTheScriptFindsItsFolder() throws Exception {
    Files.createSymbolicLink(folder.resolve("first"), ROOT.resolve("slipway"));
    Files.createSymbolicLink(folder.resolve("second"), Path.of("first"));
    var lines = "set -- help; . %s/second >/dev/null; echo $ROOT".formatted(folder);
    assertThat(bash(Map.of(), "-c", lines).printed()).isEqualTo(ROOT.toRealPath().toString());
  }

  @Test
  void anEmptyHomeIsThatOfTheUser() throws Exception {
    var home = functions(Map.of("HOME", ""), "echo $HOME").printed();
    assertThat(home).startsWith("/").isNotEqualTo("/nonexistent");
  }

  @ParameterizedTest
  @CsvSource({"3.8, 0", "3.9, 0", "3.10, 0", "4.0, 0", "3.6, 1", "2.2, 1"})
  void aMavenOfTheHostIsUsedFrom38On(String version, int code) throws Exception {
    var lines = "code=0; is_maven_38 %s || code=$?; echo $code".formatted(version);
    assertThat(functions(Map.of(), lines).printed()).isEqualTo(Integer.toString(code));
  }

  /** The script asks Slipway's own class, so that both use the same Engine. */
  @ParameterizedTest
  @CsvSource({
    "unix:///nowhere/engine.sock, 2, there is no such file",
    "tcp://127.0.0.1:1, 2, refused",
    "ssh://ann@vm, 2, ssh -N -L",
    "nonsense, 2, must be unix:///path or tcp://host:port",
  })
  void theScriptUsesTheEngineThatSlipwayFinds(String host, int code, String printed)
      throws Exception {
    var environment =
        Map.of(
            "DOCKER_HOST",
            host,
            "JAVA_HOME",
            System.getProperty("java.home"),
            "CLASSES",
            System.getProperty("java.class.path"));
    var ended =
        functions(
            environment,
            "find_engine_classes() { printf '%s' \"$CLASSES\"; };"
                + " code=0; find_engine || code=$?; echo \"code=$code\"");
    assertThat(ended.printed()).contains(printed).endsWith("code=" + code);
  }

  /** A command that is only asked for its help does nothing else. */
  @ParameterizedTest
  @CsvSource({"install, --remove", "test, --engines"})
  void aCommandOfTheScriptPrintsItsHelp(String command, String option) throws Exception {
    for (var help : List.of("-h", "--help")) {
      var printed = run(ROOT.resolve("slipway").toString(), command, help);
      assertThat(printed).startsWith("  " + command).contains(option).doesNotContain("Usage");
    }
  }

  @Test
  void theCommandLineIsInstalledNowhereByAnOptionThatIsNone(@TempDir Path prefix) throws Exception {
    var environment = Map.of("SLIPWAY_PREFIX", prefix.toString());
    var ended = bash(environment, ROOT.resolve("slipway").toString(), "install", "--prefix");
    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.printed()).contains("install takes no '--prefix'");
    assertThat(bash(environment, ROOT.resolve("slipway").toString(), "install", "--remove"))
        .satisfies(one -> assertThat(one.printed()).contains("not installed in " + prefix));
    assertThat(prefix).isEmptyDirectory();
  }

  @Test
  void benchmarksMakeTheTestImageOnTheEngineThatWasFound() throws Exception {
    var lines =
        """
        find_engine() { ENGINE_HOST=unix:///other.sock; }
        see_to_image() { echo "image on $ENGINE_HOST"; }
        see_to_engine_if_possible
        see_to_engine() { die none; }
        find_engine() { return 1; }
        see_to_engine_if_possible 2>/dev/null
        echo "code $?"
        """;
    assertThat(functions(Map.of(), lines).printed())
        .isEqualTo("image on unix:///other.sock\ncode 0");
  }

  @Test
  void theShimOfUnshareDropsThePrivilegesOfRoot() throws Exception {
    assumeThat(run("id", "-u").strip()).as("runs as root").isEqualTo("0");
    var shim = Map.of("PATH", ROOT.resolve("deploy/unprivileged") + ":" + System.getenv("PATH"));
    var nobody = run("id", "-u", "nobody").strip();
    assertThat(bash(shim, "-c", "unshare -U id -u").printed()).isEqualTo(nobody);
    assertThat(bash(shim, "-c", "unshare -U sh -c 'echo \"$1|$2\"' x 'a b' 'c\"d'").printed())
        .isEqualTo("a b|c\"d");
  }
}
