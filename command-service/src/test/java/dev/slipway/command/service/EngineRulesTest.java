package dev.slipway.command.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.model.InvalidInput;
import dev.slipway.model.service.ServiceDefinition;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Fault 18: what no Engine takes is refused when it is set. */
class EngineRulesTest {

  @SuppressWarnings("unchecked")
  private static ServiceDefinition read(String json) {
    return ServiceDefinition.read(JsonMapper.shared().readValue(json.replace('`', '"'), Map.class));
  }

  private static void check(String json) {
    EngineRules.check(read(json));
    DefinitionRules.check(read(json));
  }

  /** Backquotes stand for double quotes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "{`memory`:4} | memory must be at least 6 (got 4)",
        "{`cpu_shares`:1} | cpu_shares must be at least 2 (got 1)",
        "{`cpuset`:`3-1`} | cpuset must have ranges from a lower to a higher number (got 3-1)",
        "{`bindings`:[{`container_path`:`/`}]} |"
            + " bindings[0].container_path must not be the root of the container (got /)",
        "{`bindings`:[{`container_path`:`/a/..`}]} |"
            + " bindings[0].container_path must not be the root of the container (got /a/..)",
        "{`bindings`:[{`container_path`:`/x`},{`container_path`:`//x/./`}]} |"
            + " bindings[1].container_path must be another path than those of other bindings"
            + " (got //x/./)",
        "{`run_command`:`echo 'a`} | run_command has a quote ' without an end (got echo 'a)",
        "{`entrypoint`:`sh -c \\\"a`} | entrypoint has a quote \" without an end (got sh -c \"a)",
        "{`run_command`:`a \\\\`} | run_command ends in a backslash (got a \\)",
        "{`working_dir`:`app`} | working_dir must be an absolute path (got app)",
        "{`hostname`:`my host`} | hostname must be 1 to 63 letters, digits, '-', '_' and '.', and"
            + " begin with a letter or digit (got my host)",
        "{`hostname`:`-a`} | hostname must be 1 to 63 letters, digits, '-', '_' and '.', and begin"
            + " with a letter or digit (got -a)",
        "{`domainname`:`a/b`} | domainname must be 1 to 63 letters, digits, '-', '_' and '.', and"
            + " begin with a letter or digit (got a/b)",
        "{`mac_address`:`03:42:ac:11:65:43`} |"
            + " mac_address must be of one host, with an even first byte (got 03:42:ac:11:65:43)",
        "{`user`:`a b`} | user must be like user, user:group, or their numbers (got a b)",
        "{`user`:`a:b:c`} | user must be like user, user:group, or their numbers (got a:b:c)",
        "{`cap_add`:[`BOGUS`]} |"
            + " cap_add[0] must be a capability of Linux such as NET_ADMIN, or ALL (got BOGUS)",
        "{`cap_drop`:[`ALL`,``]} |"
            + " cap_drop[1] must be a capability of Linux such as NET_ADMIN, or ALL (got )",
        "{`dns`:[`not-an-ip`]} | dns[0] must be an IP address (got not-an-ip)",
        "{`dns`:[`1.2.3.256`]} | dns[0] must be an IP address (got 1.2.3.256)",
        "{`dns`:[`1::2::3`]} | dns[0] must be an IP address (got 1::2::3)",
        "{`dns_search`:[`a b`]} |"
            + " dns_search[0] must be a domain such as example.com, or '.' (got a b)",
        "{`extra_hosts`:[`db`]} | extra_hosts[0] must be host:address with an IP address or"
            + " host-gateway (got db)",
        "{`extra_hosts`:[`a:1.2.3.4`,`db:nowhere`]} | extra_hosts[1] must be host:address with an"
            + " IP address or host-gateway (got db:nowhere)",
        "{`devices`:[`dev/x`]} | devices[0] must be host[:container[:permissions]] with absolute"
            + " paths and permissions of r, w, m (got dev/x)",
        "{`devices`:[`/dev/x:/dev/y:rx`]} | devices[0] must be host[:container[:permissions]] with"
            + " absolute paths and permissions of r, w, m (got /dev/x:/dev/y:rx)",
        "{`security_opt`:[`x`]} | security_opt[0] must be no-new-privileges, or label=, seccomp=,"
            + " apparmor= or systempaths= with a value (got x)",
        "{`stop_signal`:`SIGNOPE`} |"
            + " stop_signal must be a signal of Linux such as SIGTERM, or its number (got SIGNOPE)",
        "{`stop_signal`:`65`} |"
            + " stop_signal must be a signal of Linux such as SIGTERM, or its number (got 65)",
        "{`ulimits`:{`files`:1}} | ulimits[0].name must be one of [as, core, cpu, data, fsize,"
            + " locks, memlock, msgqueue, nice, nofile, nproc, rss, rtprio, rttime, sigpending,"
            + " stack] (got files)",
        "{`ulimits`:{`nofile`:{`soft`:2,`hard`:1}}} |"
            + " ulimits[0].soft must be at most hard, 1 (got 2)",
        "{`shm_size`:`0`} | shm_size must be more than 0 (got 0)",
        "{`logging`:{`driver`:`paper`}} | logging.driver must be one of [awslogs, fluentd, gcplogs,"
            + " gelf, journald, json-file, local, splunk, syslog] (got paper)",
        "{`tmpfs`:[`run`]} |"
            + " tmpfs[0] must be an absolute path but the root, and options behind ':' (got run)",
        "{`sysctls`:{`kernel.panic`:`1`}} | sysctls must have names that each container has of its"
            + " own: net.*, fs.mqueue.* or one of [kernel.msgmax, kernel.msgmnb, kernel.msgmni,"
            + " kernel.sem, kernel.shm_rmid_forced, kernel.shmall, kernel.shmmax, kernel.shmmni]"
            + " (got kernel.panic)",
        "{`net`:`host`,`sysctls`:{`net.core.somaxconn`:`1`}} |"
            + " sysctls must have no net.* where net is host (got net.core.somaxconn)",
        "{`bindings`:[{`container_path`:`/x`}],`tmpfs`:[`/x/`]} |"
            + " tmpfs[0] must be another path than those of bindings and tmpfs (got /x/)",
        "{`healthcheck`:{`test`:`a`,`interval`:0}} |"
            + " healthcheck.interval must be at least 1 second (got 0)",
        "{`healthcheck`:{`test`:[`RUN`,`a`]}} | healthcheck.test must be a line, [\"NONE\"],"
            + " [\"CMD\", and the words of a command], or [\"CMD-SHELL\", a line]",
        "{`healthcheck`:{`test`:`a`,`timeout`:`soon`}} |"
            + " healthcheck.timeout must be a whole number",
        "{`stop_grace_period`:`601s`} | stop_grace_period must be from 0 to 600",
        "{`shm_size`:`lots`} | shm_size must be like 64m, 2g, or a number of bytes",
      })
  void refuseWhatNoEngineTakes(String set, String error) {
    assertThatThrownBy(() -> check(set)).isInstanceOf(InvalidInput.class).hasMessage(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{`memory`:6,`cpu_shares`:2,`cpuset`:`0-3,5`}",
        "{`memory`:null,`cpu_shares`:0,`working_dir`:``,`hostname`:``,`user`:``}",
        "{`run_command`:`sh -c 'a b' \\\"c\\\" d\\\\ e`,`entrypoint`:[`a b`,`it's`]}",
        "{`bindings`:[{`container_path`:`/x`},{`container_path`:`/x/y`}],`tmpfs`:`/z:size=1m`}",
        "{`cap_add`:[`net_admin`,`CAP_SYS_TIME`,`BPF`],`cap_drop`:[`ALL`]}",
        "{`dns`:[`8.8.8.8`,`::1`,`fe80::1:2`,`::ffff:1.2.3.4`,`1:2:3:4:5:6:7:8`]}",
        "{`dns_search`:[`.`,`example.org`],`extra_hosts`:[`a:1.2.3.4`,`b:::1`,`c:host-gateway`]}",
        "{`devices`:[`/dev/x`,`/dev/x:/dev/y`,`/dev/x:/dev/y:rwm`,`/dev/x:r`]}",
        "{`security_opt`:[`no-new-privileges`,`no-new-privileges:true`,`seccomp=unconfined`,"
            + "`label:disable`]}",
        "{`hostname`:`web_1.example`,`mac_address`:`02:42:ac:11:65:43`,`user`:`1000:1000`}",
        "{`stop_signal`:`SIGUSR1`,`stop_grace_period`:`1m30s`}",
        "{`stop_signal`:`9`,`ulimits`:{`nofile`:1024,`core`:{`soft`:-1,`hard`:-1}}}",
        "{`shm_size`:`64M`,`logging`:{`driver`:`local`},`sysctls`:[`net.core.somaxconn=1024`]}",
        "{`healthcheck`:{`test`:[`CMD`,`a`],`interval`:`1m`,`start_period`:0,`retries`:3}}",
        "{`healthcheck`:{`disable`:true},`init`:true}",
      })
  void takeWhatEnginesTake(String set) {
    assertThatCode(() -> check(set)).doesNotThrowAnyException();
  }

  @Test
  void readEachFormIntoOne() {
    var definition =
        read(
            "{`healthcheck`:{`test`:`curl -f x`,`interval`:`1m30s`,`timeout`:5},"
                + "`ulimits`:{`nofile`:{`soft`:1,`hard`:2}},`run_command`:[`a b`,`it's`],"
                + "`sysctls`:[`a=b=c`],`labels`:[`d`],`logging`:{`options`:{`max-size`:`1m`}},"
                + "`stop_grace_period`:`2m`}");
    var expected =
        read(
            "{`healthcheck`:{`test`:[`CMD-SHELL`,`curl -f x`],`interval`:90,`timeout`:5,"
                + "`start_period`:null,`start_interval`:null,`retries`:null},"
                + "`ulimits`:[{`name`:`nofile`,`soft`:1,`hard`:2}],"
                + "`run_command`:`'a b' 'it'\\\\''s'`,`sysctls`:{`a`:`b=c`},`labels`:{`d`:``},"
                + "`logging`:{`driver`:`json-file`,`options`:{`max-size`:`1m`}},"
                + "`stop_grace_period`:120}");
    assertThat(definition).isEqualTo(expected);
    assertThat(definition.json()).isEqualTo(expected.json());
    assertThat(ServiceDefinition.restore(definition.json())).isEqualTo(definition);
  }

  @Test
  void shortenWhatTheyShow() {
    assertThatThrownBy(() -> check("{`hostname`:`%s`}".formatted("x".repeat(10_000))))
        .message()
        .hasSizeLessThan(300);
  }

  @Test
  void applyToWhatIsSetOnly() {
    var before = ServiceDefinition.restore(Map.of("memory", 4, "dns", List.of("old")));
    assertThatCode(() -> EngineRules.check(read("{`memory_swap`:-1}"))).doesNotThrowAnyException();
    assertThatThrownBy(() -> EngineRules.check(before)).hasMessageStartingWith("memory");
  }
}
