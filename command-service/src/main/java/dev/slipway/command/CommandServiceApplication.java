package dev.slipway.command;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The command service as a process of its own. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import(CommandServiceConfiguration.class)
public class CommandServiceApplication {

  public static void main(String[] arguments) {
    new SpringApplicationBuilder(CommandServiceApplication.class)
        .properties("spring.config.name=command-service")
        .run(arguments);
  }
}
