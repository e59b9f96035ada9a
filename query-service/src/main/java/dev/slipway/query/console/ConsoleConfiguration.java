package dev.slipway.query.console;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The part of the query side that serves the web console, unless it is switched off. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "slipway.console", havingValue = "true", matchIfMissing = true)
public class ConsoleConfiguration {

  @Bean
  ConsoleController queryConsoleController(
      @Value("${slipway.console-reload:false}") boolean reload) {
    return new ConsoleController(reload);
  }
}
