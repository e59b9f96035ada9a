package dev.slipway.command.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.Namespace;
import dev.slipway.model.service.ServiceDefinition;
import dev.slipway.model.service.ServiceId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class StackfileTest {

  static final ServiceId DB = new ServiceId("5e0c7d7e-0000-4000-8000-0000000000db");
  static final ServiceId OTHER_DB = new ServiceId("5e0c7d7e-0000-4000-8000-0000000001db");
  static final ServiceId LOOSE = new ServiceId("5e0c7d7e-0000-4000-8000-000000000100");
  static final Namespace ADMIN = new Namespace("admin");
  static final StackReferences REFERENCES =
      new StackReferences("shop", Map.of("db", DB), StackfileTest::elsewhere);

  private static List<ServiceId> elsewhere(String name, String stack) {
    return switch (name + "." + stack) {
      case "db.common" -> List.of(OTHER_DB);
      case "loose.null" -> List.of(LOOSE);
      case "twice.null" -> List.of(LOOSE, OTHER_DB);
      default -> List.of();
    };
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> json(String text) {
    return (Map<String, Object>) JsonMapper.shared().readValue(text, Map.class);
  }

  private static Map<String, Object> read(String text) {
    var translated = Stackfile.read("services[0]", json(text));
    return ServiceDefinition.read(REFERENCES.resolve("services[0]", translated)).json();
  }

  /** Single quotes stand for double ones. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'command':'run it'} | {'run_command':'run it'}",
        "{'command':['sh','-c','a']} | {'run_command':'sh -c a'}",
        "{'image_name':'a'} | {'image':'a:latest'}",
        "{'environment':['A=b=c','D']} |"
            + " {'container_envvars':[{'key':'A','value':'b=c'},{'key':'D','value':''}]}",
        "{'environment':{'A':1,'B':null}} |"
            + " {'container_envvars':[{'key':'A','value':'1'},{'key':'B','value':''}]}",
        "{'links':['db']} | {'linked_to_service':[{'to_service':'DB','name':'db'}]}",
        "{'links':['db:sql']} | {'linked_to_service':[{'to_service':'DB','name':'sql'}]}",
        "{'links':['db.shop']} | {'linked_to_service':[{'to_service':'DB','name':'db'}]}",
        "{'links':['db.common:x']} | {'linked_to_service':[{'to_service':'OTHER','name':'x'}]}",
        "{'links':['loose']} | {'linked_to_service':[{'to_service':'LOOSE','name':'loose'}]}",
        "{'linked_to_service':[{'to_service':'db','name':'a'}]} |"
            + " {'linked_to_service':[{'to_service':'DB','name':'a'}]}",
        "{'linked_to_service':[{'to_service':'/api/app/v1/service/DB/','name':'a'}]} |"
            + " {'linked_to_service':[{'to_service':'DB','name':'a'}]}",
        "{'ports':['80:8080/udp']} | {'container_ports':[{'protocol':'udp','inner_port':8080,"
            + "'outer_port':80,'published':true}]}",
        "{'ports':['80',443]} | {'container_ports':[{'protocol':'tcp','inner_port':80,"
            + "'outer_port':null,'published':true},{'protocol':'tcp','inner_port':443,"
            + "'outer_port':null,'published':true}]}",
        "{'expose':[80],'ports':['81:81']} | {'container_ports':[{'protocol':'tcp',"
            + "'inner_port':80,'outer_port':null,'published':false},{'protocol':'tcp',"
            + "'inner_port':81,'outer_port':81,'published':true}]}",
        "{'volumes':['/a','/h:/b','/h:/c:ro','/d:ro']} | {'bindings':["
            + "{'host_path':null,'container_path':'/a','rewritable':true,'volumes_from':null},"
            + "{'host_path':'/h','container_path':'/b','rewritable':true,'volumes_from':null},"
            + "{'host_path':'/h','container_path':'/c','rewritable':false,'volumes_from':null},"
            + "{'host_path':null,'container_path':'/d','rewritable':false,'volumes_from':null}]}",
        "{'volumes_from':['db']} | {'bindings':[{'host_path':null,'container_path':null,"
            + "'rewritable':true,'volumes_from':'DB'}]}",
        "{'bindings':[{'volumes_from':'db.common'}]} | {'bindings':[{'host_path':null,"
            + "'container_path':null,'rewritable':true,'volumes_from':'OTHER'}]}",
        "{'restart':'no'} | {'autorestart':'OFF'}",
        "{'restart':false} | {'autorestart':'OFF'}",
        "{'restart':'on-failure'} | {'autorestart':'ON_FAILURE'}",
        "{'restart':'always'} | {'autorestart':'ALWAYS'}",
        "{'autorestart':'ALWAYS'} | {'autorestart':'ALWAYS'}",
        "{'autodestroy':'on-success'} | {'autodestroy':'ON_SUCCESS'}",
        "{'autodestroy':'OFF'} | {'autodestroy':'OFF'}",
        "{'deployment_strategy':'every_node'} | {'deployment_strategy':'EVERY_NODE'}",
        "{'deployment_strategy':'high_availability'} | {'deployment_strategy':'HIGH_AVAILABILITY'}",
        "{'tags':['a']} | {'tags':[{'name':'a'}]}",
        "{'mem_limit':'100000m','memswap_limit':'200g'} |"
            + " {'memory':100000,'memory_swap':204800}",
        "{'mem_limit':67108864} | {'memory':64}",
        "{'labels':['a=b','c']} | {'labels':{'a':'b','c':''}}",
        "{'labels':{'a':'b'}} | {'labels':{'a':'b'}}",
        "{'dns':'8.8.8.8','dns_search':['a','b']} | {'dns':['8.8.8.8'],'dns_search':['a','b']}",
        "{'extra_hosts':{'a':'1.2.3.4'}} | {'extra_hosts':['a:1.2.3.4']}",
        "{'working_dir':'/w','hostname':'h','domainname':'d','user':'u','cpu_shares':5,"
            + "'cpuset':'0,1','privileged':true,'net':'host','pid':'host','roles':['global'],"
            + "'target_num_containers':2,'sequential_deployment':true,'cap_add':['ALL']} |"
            + " {'working_dir':'/w','hostname':'h','domainname':'d','user':'u','cpu_shares':5,"
            + "'cpuset':'0,1','privileged':true,'net':'host','pid':'host','roles':['global'],"
            + "'target_num_containers':2,'sequential_deployment':true,'cap_add':['ALL']}",
        "{'whatever':1} | {}",
      })
  void readsBothDialects(String service, String expected) {
    assertThat(read(filled(service))).isEqualTo(json(filled(expected)));
  }

  private static String filled(String text) {
    return text.replace("OTHER", OTHER_DB.value())
        .replace("LOOSE", LOOSE.value())
        .replaceAll("\\bDB\\b", DB.value())
        .replace("'", "\"");
  }

  @Test
  void quotesWordsOfACommandThatAShellWouldCut() {
    var read = Stackfile.read("s", Map.of("command", List.of("sh", "-c", "echo 'a b'")));
    assertThat(read).containsEntry("run_command", "sh -c 'echo '\\''a b'\\'''");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'name':'web','build':'.'} | services[0].build is not supported in a stack; service web has it",
        "{'name':'web','env_file':'.'} | services[0].env_file is not supported in a stack; service web has it",
        "{'name':'web','external_links':[]} |"
            + " services[0].external_links is not supported in a stack; service web has it",
        "{'links':['nobody']} | services[0].linked_to_service[0].to_service names no service: nobody",
        "{'links':['twice']} | services[0].linked_to_service[0].to_service names several services: twice",
        "{'links':'db'} | services[0].links must be a list",
        "{'links':[null]} | services[0].links[0] must not be null",
        "{'links':['a:b:c']} | services[0].links[0] must be like service[.stack][:alias]",
        "{'ports':['80-90']} | services[0].ports[0] must be like [host:]container[/protocol]",
        "{'volumes':['/a:/b:/c']} | services[0].volumes[0] must be like [host:]container[:ro]",
        "{'volumes_from':['db:x']} | services[0].volumes_from[0] must be like service[.stack][:ro]",
        "{'mem_limit':'lots'} | services[0].mem_limit must be like 512m or 2g",
        "{'mem_limit':'99999999999999999999g'} | services[0].mem_limit is too large",
        "{'mem_limit':'9999999999999999g'} | services[0].mem_limit is too large",
        "{'environment':5} | services[0].environment must be an object or a list of texts",
      })
  void namesTheKeyThatItCannotRead(String service, String error) {
    assertThatThrownBy(() -> read(service.replace('\'', '"')))
        .isInstanceOf(InvalidInput.class)
        .hasMessage(error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[5]", "[null]", "{}", "'text'", "[{'image':'a'},{'image':'a'}]"})
  void refusesWhatIsNoListOfServices(String services) {
    var body = new HashMap<>(json("{\"services\":" + services.replace('\'', '"') + "}"));
    assertThatThrownBy(
            () -> new StackBody(body).services("s", _ -> DB, Map.of(), (_, _) -> List.of()))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("services");
  }
}
