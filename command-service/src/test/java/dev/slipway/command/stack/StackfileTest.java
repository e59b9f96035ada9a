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
import java.util.concurrent.atomic.AtomicReference;
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
      new StackReferences("shop", Map.of("db", DB), new Others());

  private record Others() implements StackReferences.Elsewhere {
    @Override
    public boolean has(ServiceId service) {
      return List.of(OTHER_DB, LOOSE).contains(service);
    }

    @Override
    public List<ServiceId> find(String name, String stack) {
      return elsewhere(name, stack);
    }
  }

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
    var reading = Stackfile.read(json(text));
    return ServiceDefinition.read(REFERENCES.resolve(reading.api())).json();
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
        "{'environment':['A=b=c','D']} | {'container_envvars':[{'key':'A','value':'b=c'}]}",
        "{'environment':{'A':1,'B':null,'C':''}} |"
            + " {'container_envvars':[{'key':'A','value':'1'},{'key':'C','value':''}]}",
        "{'environment':[{'A':'b'},'C=d']} |"
            + " {'container_envvars':[{'key':'A','value':'b'},{'key':'C','value':'d'}]}",
        "{'labels':[{'a':'b'}]} | {'labels':{'a':'b'}}",
        "{'links':['db.shop','db.common']} | {'linked_to_service':["
            + "{'to_service':'DB','name':'db'},{'to_service':'OTHER','name':'db.common'}]}",
        "{'ports':['3000-3001:80-81/udp']} | {'container_ports':["
            + "{'protocol':'udp','inner_port':80,'outer_port':3000,'published':true},"
            + "{'protocol':'udp','inner_port':81,'outer_port':3001,'published':true}]}",
        "{'ports':['80-81']} | {'container_ports':["
            + "{'protocol':'tcp','inner_port':80,'outer_port':null,'published':true},"
            + "{'protocol':'tcp','inner_port':81,'outer_port':null,'published':true}]}",
        "{'ports':[{'target':80,'published':'8080','protocol':'tcp','mode':'host'}]} |"
            + " {'container_ports':[{'protocol':'tcp','inner_port':80,'outer_port':8080,"
            + "'published':true}]}",
        "{'ports':['80:80'],'expose':['80','81-82/udp']} | {'container_ports':["
            + "{'protocol':'tcp','inner_port':80,'outer_port':80,'published':true},"
            + "{'protocol':'udp','inner_port':81,'outer_port':null,'published':false},"
            + "{'protocol':'udp','inner_port':82,'outer_port':null,'published':false}]}",
        "{'ports':[1342]} | {'container_ports':[{'protocol':'tcp','inner_port':1342,"
            + "'outer_port':null,'published':true}]}",
        "{'volumes':['data:/data','/h:/i:ro,z']} | {'bindings':["
            + "{'host_path':null,'container_path':'/data','rewritable':true,'volumes_from':null},"
            + "{'host_path':'/h','container_path':'/i','rewritable':false,'volumes_from':null}]}",
        "{'volumes':[{'type':'bind','source':'/h','target':'/c','read_only':true},"
            + "{'type':'volume','source':'data','target':'/d'}]} | {'bindings':["
            + "{'host_path':'/h','container_path':'/c','rewritable':false,'volumes_from':null},"
            + "{'host_path':null,'container_path':'/d','rewritable':true,'volumes_from':null}]}",
        "{'autorestart':'always'} | {'autorestart':'ALWAYS'}",
        "{'autorestart':'on_failure'} | {'autorestart':'ON_FAILURE'}",
        "{'autorestart':false} | {'autorestart':'OFF'}",
        "{'restart':'unless-stopped'} | {'autorestart':'ALWAYS'}",
        "{'restart':'on-failure:5'} | {'autorestart':'ON_FAILURE'}",
        "{'autodestroy':false} | {'autodestroy':'OFF'}",
        "{'net':'HOST','pid':'Host','deploy_order':'START_FIRST','on_node_loss':'RESCHEDULE'} |"
            + " {'on_node_loss':'reschedule','deploy_order':'start_first','net':'host','pid':'host'}",
        "{'network_mode':'host'} | {'net':'host'}",
        "{'healthcheck':{'test':['CMD','true'],'interval':'1m','disable':false}} |"
            + " {'healthcheck':{'test':['CMD','true'],'interval':60,'timeout':null,"
            + "'start_period':null,'start_interval':null,'retries':null}}",
        "{'init':true,'stop_signal':'SIGINT','stop_grace_period':'30s','shm_size':67108864} |"
            + " {'init':true,'stop_signal':'SIGINT','stop_grace_period':30,'shm_size':'67108864'}",
        "{'ulimits':{'nproc':5}} | {'ulimits':[{'name':'nproc','soft':5,'hard':5}]}",
        "{'log_driver':'local','log_opt':{'max-size':'1m'}} |"
            + " {'logging':{'driver':'local','options':{'max-size':'1m'}}}",
        "{'logging':{'driver':'json-file'}} | {'logging':{'driver':'json-file','options':{}}}",
        "{'tmpfs':'/run'} | {'tmpfs':['/run']}",
        "{'tmpfs':['/run:size=1m'],'volumes':[{'type':'tmpfs','target':'/t','tmpfs':{'size':9}}]} |"
            + " {'bindings':[],'tmpfs':['/run:size=1m','/t:size=9']}",
        "{'sysctls':['net.core.somaxconn=1']} | {'sysctls':{'net.core.somaxconn':'1'}}",
        "{'depends_on':['db','db.common']} | {'depends_on':['DB','OTHER']}",
        "{'depends_on':{'db':{'condition':'service_started'}}} | {'depends_on':['DB']}",
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
    var read = Stackfile.read(Map.of("command", List.of("sh", "-c", "echo 'a b'")));
    assertThat(read.api()).containsEntry("run_command", "sh -c 'echo '\\''a b'\\'''");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'build':'.'} | build is not supported in a stack",
        "{'env_file':'.'} | env_file is not supported in a stack",
        "{'external_links':[]} | external_links is not supported in a stack",
        "{'links':['nobody']} | links[0] names no service: nobody",
        "{'links':['twice']} | links[0] names several services: twice",
        "{'links':'db'} | links must be a list",
        "{'links':[null]} | links[0] must not be null",
        "{'links':['a:b:c']} | links[0] must be like service[.stack][:alias]",
        "{'ports':['80-90:80']} | ports[0] must be [host:]container[/protocol] with ports from 1 to"
            + " 65535, or ranges of one length; got 80-90:80",
        "{'ports':['70000']} | ports[0] must be [host:]container[/protocol] with ports from 1 to"
            + " 65535, or ranges of one length; got 70000",
        "{'ports':['127.0.0.1:80:80']} | ports[0] must have no address: ports are published at the"
            + " address of the node's settings; got 127.0.0.1:80:80",
        "{'ports':[133342]} | ports[0] is the number 133342, which is no port; YAML reads 2222:22"
            + " without quotes so: write \"2222:22\"",
        "{'ports':['1-1000','1001']} | ports[1] must bring container_ports to at most 1000 entries",
        "{'ports':[{'published':80}]} | ports[0].target is required",
        "{'expose':['8080:80']} | expose[0] must be a port of the container only; ports publishes"
            + " one on the host; got 8080:80",
        "{'volumes':['/a:/b:/c']} | volumes[0] must be [host:]container[:ro]; got /a:/b:/c",
        "{'volumes':['./a:/b']} | volumes[0] must have an absolute path of the host or the name of"
            + " a volume before ':'; got ./a",
        "{'volumes':['/h:b']} | volumes[0] must be an absolute path without ':'",
        "{'volumes':[{'type':'npipe','target':'/x'}]} |"
            + " volumes[0].type must be one of [bind, volume, tmpfs]",
        "{'volumes_from':['db:x']} | volumes_from[0] must be like service[.stack][:ro]",
        "{'restart':'sometimes'} | restart must be one of [OFF, ON_FAILURE, ALWAYS]",
        "{'mem_limit':512} | mem_limit must be at least 6m: a number without a unit counts bytes"
            + " (got 512)",
        "{'mem_limit':'5m'} | mem_limit must be at least 6 (got 5)",
        "{'mem_limit':'lots'} | mem_limit must be like 512m or 2g",
        "{'mem_limit':'2t'} | mem_limit must be like 512m or 2g",
        "{'mem_limit':'99999999999999999999g'} | mem_limit is too large",
        "{'mem_limit':'9999999999999999g'} | mem_limit is too large",
        "{'environment':5} | environment must be an object or a list of texts",
        "{'environment':{'A':['x']}} | environment.A must be text",
        "{'environment':[{'A':{'b':'c'}}]} | environment[0].A must be text",
        "{'environment':[['a']]} | environment[0] must be text",
        "{'environment':{'A B':'x'}} | environment.A B must have no '=' and no white space",
        "{'labels':{'a':['x']}} | labels.a must be text",
        "{'command':{'a':'b'}} | command must be text",
        "{'command':['a',['b']]} | command[1] must be text",
        "{'image':'nginx:${TAG}'} | image must have no variables: nothing replaces them here;"
            + " write what nginx:${TAG} stands for",
        "{'name':'volumes','data':{}} | name is volumes, a top-level key of Compose files and no"
            + " service: a stackfile has its services at the top level, so move them there and"
            + " remove the key",
      })
  void namesTheKeyThatItCannotRead(String service, String error) {
    var reading = new AtomicReference<Reading>();
    assertThatThrownBy(
            () -> {
              reading.set(Stackfile.read(json(service.replace('\'', '"'))));
              var _ = ServiceDefinition.read(REFERENCES.resolve(reading.get().api()));
            })
        .isInstanceOfSatisfying(
            InvalidInput.class,
            invalid -> {
              var place =
                  reading.get() == null ? invalid.field() : reading.get().place(invalid.field());
              assertThat(place + invalid.getMessage().substring(invalid.field().length()))
                  .isEqualTo(error.replace('`', '"'));
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"[5]", "[null]", "{}", "'text'", "[{'image':'a'},{'image':'a'}]"})
  void refusesWhatIsNoListOfServices(String services) {
    var body = new HashMap<>(json("{\"services\":" + services.replace('\'', '"') + "}"));
    assertThatThrownBy(
            () -> new StackBody(body).services("s", _ -> DB, Map.of(), new Others(), _ -> {}))
        .isInstanceOf(InvalidInput.class)
        .hasMessageStartingWith("services");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'image':'a','whatever':1} | whatever has no effect",
        "{'enviroment':{}} | enviroment has no effect; did you mean environment?",
        "{'port':['80']} | port has no effect; did you mean ports?",
        "{'scale':2} | scale has no effect; did you mean target_num_containers?",
        "{'deploy':{}} | deploy has no effect; did you mean target_num_containers?",
        "{'networks':['a']} | networks has no effect",
        "{'extends':{}} | extends has no effect",
        "{'dockerfile':'x'} | dockerfile has no effect",
        "{'container_name':'x'} | container_name has no effect",
        "{'network_mode':'none'} | network_mode has no effect: it is taken if it is host or bridge",
        "{'environment':['KEY']} | environment.KEY has no value and stays as the image sets it:"
            + " nothing is taken from the environment of who sends the file",
        "{'ports':[1342]} | ports[0] is taken for the port 1342; if the file says 22:22, put it in"
            + " quotes: \"22:22\"",
        "{'ports':[{'target':80,'mode':'host'}]} | ports[0].mode has no effect",
        "{'volumes':['data:/data']} | volumes[0] names the volume data: each container gets a"
            + " volume of its own, which no other service shares; volumes_from shares one",
        "{'volumes':['/h:/i:z']} | volumes[0] has the mode z, which has no effect",
        "{'depends_on':{'db':{'condition':'service_healthy'}}} | depends_on.db.condition has no"
            + " effect: the start of a service ends when its containers run and have passed their"
            + " health_check",
        "{'restart':'on-failure:5'} | restart is taken as on-failure, without a limit of its own",
      })
  void warnsOfWhatHasNoEffect(String service, String warning) {
    var reading = Stackfile.read(json(service.replaceAll("(?<!\\\\)'", "\"")));
    assertThat(reading.warnings()).containsExactly(warning);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'image':'a','name':'b','uuid':'x','state':'Running','ports':[8080,443,'22:22'],"
            + "'environment':{'A':''},'volumes':['/d'],'cgroup_name':'m'}"
      })
  void warnsOfNothingThatIsTaken(String service) {
    assertThat(Stackfile.read(json(service.replace('\'', '"'))).warnings()).isEmpty();
  }

  @Test
  void limitsHowMuchIsSaidOfUnknownKeys() {
    var service = new HashMap<String, Object>();
    for (int i = 0; i < 1_000; i++) {
      service.put("x\r\n%d".formatted(i) + "y".repeat(100), 1);
    }
    var warnings = Stackfile.read(service).warnings();
    assertThat(warnings).hasSize(21).contains("980 more keys have no effect");
    assertThat(warnings).allMatch(line -> line.length() < 100 && !line.contains("\n"));
  }
}
