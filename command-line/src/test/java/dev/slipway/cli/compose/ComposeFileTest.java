package dev.slipway.cli.compose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.cli.Failure;
import dev.slipway.cli.api.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ComposeFileTest {

  @TempDir Path folder;

  private final Map<String, String> variables = new HashMap<>();

  private StackFile read(String text, String... profiles) {
    return new StackFileReader(variables, Set.of(profiles), null)
        .read(folder.resolve("compose.yaml"), text);
  }

  private JsonNode service(String text) {
    return read(text).services().get(0);
  }

  /** One service with one more key. */
  private JsonNode with(String key) {
    return service("services:\n  web:\n    image: demo/hello\n" + key.indent(4));
  }

  private String noteOf(String key) {
    return String.join(
        "\n", read("services:\n  web:\n    image: demo/hello\n" + key.indent(4)).notes());
  }

  private void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  @Test
  void servicesKeepTheirOrderAndTheNameIsTheFiles() {
    var read = read("name: shop\nservices:\n  web: {image: a}\n  db: {image: b}\n");
    assertThat(read.name()).isEqualTo("shop");
    assertThat(read.services().toString())
        .isEqualTo("[{\"name\":\"web\",\"image\":\"a\"},{\"name\":\"db\",\"image\":\"b\"}]");
    assertThat(read.notes()).isEmpty();
  }

  @Test
  void aStackfileGoesToTheApiAsItIs() {
    var read =
        read("web:\n  image: demo/hello\n  environment:\n    - A=$B\n  target_num_containers: 2\n");
    assertThat(read.services().toString())
        .isEqualTo(
            "[{\"name\":\"web\",\"image\":\"demo/hello\",\"environment\":[\"A=$B\"],\"target_num_containers\":2}]");
  }

  @Test
  void aServiceOfAStackfileMayBeCalledServices() {
    assertThat(Json.text(service("services:\n  image: demo/hello\n"), "name"))
        .isEqualTo("services");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "A=b | {\"A\":\"b\"}",
        "A=pa$$word | {\"A\":\"pa$$word\"}",
        "A=$SET | {\"A\":\"x$$y\"}",
        "A=${SET:-d} | {\"A\":\"x$$y\"}",
        "A=${NO:-d} | {\"A\":\"d\"}",
        "A=${EMPTY-d} | {\"A\":\"\"}",
        "A=${EMPTY:-d} | {\"A\":\"d\"}",
        "A=${NO:-${SET}} | {\"A\":\"x$$y\"}",
        "A=${SET:+r} | {\"A\":\"r\"}",
        "A=${NO:+r} | {\"A\":\"\"}",
        "SET | {\"SET\":\"x$$y\"}",
      })
  void variablesAreReplacedAndADollarStaysOne(String given, String environment) {
    variables.put("SET", "x$y");
    variables.put("EMPTY", "");
    assertThat(with("environment: ['%s']".formatted(given)).path("environment").toString())
        .isEqualTo(environment);
  }

  @Test
  void aVariableThatIsNotSetIsNamed() {
    assertThat(noteOf("command: run $NOWHERE"))
        .isEqualTo("the variable NOWHERE is not set: nothing stands in its place");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "${NO:?say which} | needs the variable NO: say which",
        "${1} | is no variable",
        "${open | is no variable",
        "$1 | a dollar itself is $$",
      })
  void whatIsNoVariableIsRefused(String text, String message) {
    assertThatThrownBy(() -> with("command: \"%s\"".formatted(text)))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("services.web.command")
        .hasMessageContaining(message);
  }

  @Test
  void theFileOfVariablesIsBelowThoseOfTheProcess() throws IOException {
    file(".env", "TAG=1\nOTHER='a $TAG'\nTHIRD=\"b $TAG\" # why\nexport FOURTH=c # why\n");
    variables.put("TAG", "2");
    assertThat(Json.text(service("services:\n  web:\n    image: a:$TAG\n"), "image"))
        .isEqualTo("a:2");
    assertThat(Json.text(with("command: $OTHER|$THIRD|$FOURTH"), "command"))
        .isEqualTo("a $TAG|b 2|c");
  }

  @Test
  void variablesOfFilesAreBelowThoseOfTheService() throws IOException {
    file("a.env", "A=1\nB=1\n");
    file("b.env", "B=2\nC=2\n");
    var environment =
        with("env_file: [a.env, b.env, {path: none.env, required: false}]\nenvironment: {C: 3}")
            .path("environment");
    assertThat(environment.toString()).isEqualTo("{\"A\":\"1\",\"B\":\"2\",\"C\":\"3\"}");
    assertThatThrownBy(() -> with("env_file: missing.env"))
        .hasMessageContaining("there is no file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "['80'] | {\"ports\":[\"80\"]}",
        "['8080:80/udp'] | {\"ports\":[\"8080:80/udp\"]}",
        "[22:22] | {\"ports\":[\"22:22\"]}",
        "['0.0.0.0:8080:80'] | {\"ports\":[\"8080:80\"]}",
        "['[::]:8080:80'] | {\"ports\":[\"8080:80\"]}",
        "['127.0.0.1:5432:5432'] | {\"expose\":[\"5432\"]}",
        "['[::1]:5432:5433'] | {\"expose\":[\"5433\"]}",
        "[{target: 80, published: '8080', protocol: udp}] | {\"ports\":[\"8080:80/udp\"]}",
        "[{target: 80, host_ip: 127.0.0.1, published: 81}] | {\"expose\":[\"80\"]}",
      })
  void portsAreThoseOfTheFile(String ports, String converted) {
    var service = (tools.jackson.databind.node.ObjectNode) with("ports: " + ports);
    service.remove("name");
    service.remove("image");
    assertThat(service.toString()).isEqualTo(converted);
  }

  @Test
  void aPortOfOneAddressIsNotPublishedAndThatIsSaid() {
    assertThat(noteOf("ports: ['127.0.0.1:5432:5432']"))
        .contains("services.web.ports[0] is not published", "127.0.0.1", "\"5432:5432\"");
  }

  @Test
  void foldersOfTheFileBecomeFoldersOfTheNodeAndThatIsSaid() {
    assertThat(with("volumes: ['./html:/www:ro', 'data:/data', /cache]").path("volumes").toString())
        .isEqualTo("[\"%s/html:/www:ro\",\"data:/data\",\"/cache\"]".formatted(folder));
    assertThat(noteOf("volumes: ['./html:/www:ro']"))
        .contains("is the folder %s/html of the node".formatted(folder));
    assertThat(
            with("volumes: [{type: bind, source: html, target: /www, read_only: true}]")
                .path("volumes")
                .toString())
        .isEqualTo(
            "[{\"type\":\"bind\",\"source\":\"%s/html\",\"target\":\"/www\",\"read_only\":true}]"
                .formatted(folder));
  }

  @Test
  void aVolumeThatSeveralServicesUseIsNotSharedAndThatIsSaid() {
    var read =
        read(
            "services:\n"
                + "  a: {image: a, volumes: ['data:/d']}\n"
                + "  b: {image: b, volumes: ['data:/d']}\n"
                + "volumes:\n"
                + "  data:\n");
    assertThat(read.notes())
        .containsExactly(
            "volumes.data is not shared by a and b: each has its own; share with volumes_from");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{replicas: 3} | target_num_containers | 3",
        "{replicas: '2'} | target_num_containers | 2",
        "{mode: global} | deployment_strategy | EVERY_NODE",
        "{update_config: {order: start-first}} | deploy_order | start_first",
        "{update_config: {parallelism: 2}} | deploy_batch | 2",
        "{replicas: 4, update_config: {parallelism: 0}} | deploy_batch | 4",
        "{update_config: {failure_action: rollback}} | deploy_rollback | true",
        "{restart_policy: {condition: on-failure}} | restart | on-failure",
        "{restart_policy: {}} | restart | always",
        "{resources: {limits: {memory: 1.5G}}} | mem_limit | 1610612736",
      })
  void deployBecomesAttributes(String deploy, String attribute, String value) {
    assertThat(Json.text(with("deploy: " + deploy), attribute)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "deploy: {resources: {limits: {cpus: '0.5'}, reservations: {memory: 20M}}} |"
            + " deploy.resources.limits.cpus has no equivalent",
        "deploy: {resources: {reservations: {memory: 20M}}} | deploy.resources.reservations.memory"
            + " has no equivalent",
        "deploy: {placement: {constraints: [node.role == manager]}} | deploy.placement.constraints"
            + " has no equivalent",
        "deploy: {update_config: {delay: 10s}} | deploy.update_config.delay has no equivalent",
        "deploy: {labels: {a: b}} | deploy.labels is left out",
        "container_name: front | others reach the service as web",
        "networks: {back: {aliases: [db]}} | networks.back.aliases is left out",
        "platform: linux/amd64 | platform has no equivalent and is left out: tag the nodes",
        "secrets: [password] | secrets has no equivalent and is left out: use a variable",
        "restart: on-failure:3 | restart has no limit of attempts here",
        "build: . | build is not done",
        "depends_on: [away] | depends_on.away is left out",
        "nonsense: 1 | services.web.nonsense has no equivalent",
      })
  void whatHasNoEquivalentIsNamed(String key, String note) {
    assertThat(noteOf(key)).contains(note);
  }

  @Test
  void extensionsAreLeftOutWithoutAWord() {
    var read =
        read(
            "x-a: &a {restart: always}\nservices:\n  web:\n    <<: *a\n    image: a\n    x-b: 1\n");
    assertThat(read.notes()).isEmpty();
    assertThat(read.services().toString())
        .isEqualTo("[{\"name\":\"web\",\"image\":\"a\",\"restart\":\"always\"}]");
  }

  @Test
  void aServiceMayExtendAnotherOfTheFile() {
    var service =
        service(
            "services:\n"
                + "  web:\n"
                + "    extends: base\n"
                + "    environment: {B: 2}\n"
                + "    command: [run]\n"
                + "  base:\n"
                + "    image: a\n"
                + "    environment: [A=1, B=1]\n"
                + "    command: [stay, here]\n");
    assertThat(service.path("environment").toString()).isEqualTo("{\"A\":\"1\",\"B\":\"2\"}");
    assertThat(service.path("command").toString()).isEqualTo("[\"run\"]");
  }

  @Test
  void profilesChooseServices() {
    var text = "services:\n  web: {image: a}\n  tools: {image: b, profiles: [debug]}\n";
    assertThat(read(text).services().size()).isEqualTo(1);
    assertThat(read(text).notes())
        .containsExactly(
            "services.tools is left out: its profiles are debug (choose with --profile)");
    assertThat(read(text, "debug").services().size()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "restart: no | restart | no",
        "restart: unless-stopped | restart | always",
        "labels: {version: 1.10} | labels | {\"version\":\"1.10\"}",
        "user: 0755 | user | 0755",
        "dns: 1.1.1.1 | dns | [\"1.1.1.1\"]",
        "mem_limit: 512mb | mem_limit | 536870912",
        "scale: 2 | target_num_containers | 2",
      })
  void textsStayAsTheyAreWritten(String key, String attribute, String value) {
    assertThat(Json.text(with(key), attribute)).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "services: {web: {build: .}} | has no image: Slipway builds none",
        "services: {web: {image: a, network_mode: none}} | network_mode must be host or bridge",
        "include: [a.yaml] | include is not read",
        "services: {web: {image: !reset a}} | tags such as !reset are not read",
        "services: {web: {image: a}, web: {image: b}} | the key web is there twice",
        "services: [a] | must have the keys of a service",
        "{} | has no services",
        "a: [ | is no YAML",
        "services: {web: {image: a, deploy: {replicas: many}}} | deploy.replicas must be a number",
      })
  void whatCannotBeReadIsRefused(String text, String message) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(Failure.class).hasMessageContaining(message);
  }

  @Test
  void aliasesThatGrowWithoutEndAreRefused() {
    var text = new StringBuilder("x0: &x0 [a, a, a, a, a, a, a, a, a, a]\n");
    for (int at = 1; at < 9; at++) {
      text.append("x%d: &x%d [%s]\n".formatted(at, at, ("*x%d, ".formatted(at - 1)).repeat(10)));
    }
    assertThatThrownBy(() -> read(text.toString())).isInstanceOf(Failure.class);
  }
}
