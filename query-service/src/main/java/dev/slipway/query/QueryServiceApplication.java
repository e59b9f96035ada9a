package dev.slipway.query;

import dev.slipway.http.HttpBoundaryConfiguration;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The query side as a process of its own. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({HttpBoundaryConfiguration.class, QueryServiceConfiguration.class})
public class QueryServiceApplication {

  private static final Map<String, Object> DEFAULTS =
      Map.of(
          "server.port", "${slipway.port:8082}",
          "server.address", "${slipway.bind:127.0.0.1}",
          "server.shutdown", "graceful",
          "spring.application.name", "slipway-query-service",
          "spring.threads.virtual.enabled", "true",
          "spring.main.banner-mode", "off",
          "management.endpoints.web.exposure.include", "health,info,prometheus",
          "management.endpoint.health.group.readiness.include",
              "readinessState,projections,accounts,logs,runtime",
          "management.endpoint.health.group.readiness.show-details", "always");

  /** Kafka's clients repeat each failure; the tasks log an outage once a minute. */
  private static final Map<String, Object> LOG_LEVELS =
      Map.of(
          "logging.level.org.apache.coyote.http11.Http11Processor", "warn",
          "logging.level.org.apache.kafka", "warn",
          "logging.level.org.apache.kafka.clients", "error");

  QueryServiceApplication() {}

  public static void main(String... arguments) {
    application().run(arguments);
  }

  static SpringApplication application() {
    var application = new SpringApplication(QueryServiceApplication.class);
    var defaults = new HashMap<>(DEFAULTS);
    defaults.putAll(LOG_LEVELS);
    application.setDefaultProperties(defaults);
    return application;
  }
}
