package dev.slipway.agent;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The agent as a process of its own; it listens on no port. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(NodeAgentConfiguration.class)
public class NodeAgentApplication {

  public static void main(String[] arguments) {
    new SpringApplicationBuilder(NodeAgentApplication.class)
        .web(WebApplicationType.NONE)
        .properties(
            "spring.main.banner-mode=off",
            "spring.main.keep-alive=true",
            // KafkaReachability reports what the client would repeat every second.
            "logging.level.org.apache.kafka.clients.NetworkClient=ERROR",
            // It warns hundreds of times a second of a topic that was deleted.
            "logging.level.org.apache.kafka.clients.consumer.internals.FetchCollector=ERROR",
            "spring.application.name=slipway-node-agent")
        .run(arguments);
  }
}
