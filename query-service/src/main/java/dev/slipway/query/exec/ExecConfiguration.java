package dev.slipway.query.exec;

import dev.slipway.http.Policies;
import dev.slipway.query.stream.StreamLimits;
import dev.slipway.runtime.HealthRegistry;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The part of the query side that relays terminals. */
@Configuration(proxyBeanMethods = false)
@Import(ExecController.class)
public class ExecConfiguration {

  @Bean
  ExecSettings queryExecSettings(
      @Value("${slipway.exec:true}") boolean allowed,
      @Value("${slipway.exec-idle:10m}") Duration idle,
      @Value("${slipway.exec-silence:75s}") Duration silence,
      StreamLimits streams,
      Policies policies) {
    return new ExecSettings(allowed, policies, new ExecSocket.Limits(idle, silence, streams));
  }

  @Bean
  KafkaExecRelay queryExecRelay(
      HealthRegistry health, @Value("${slipway.kafka:127.0.0.1:9092}") String servers) {
    return new KafkaExecRelay(servers, health);
  }

  /** A relay of another kind, where there is one, goes before Kafka's. */
  @Bean
  ExecSessions queryExecSessions(KafkaExecRelay kafka, ObjectProvider<ExecRelay> others) {
    return new ExecSessions(
        others.stream().filter(relay -> relay != kafka).findFirst().orElse(kafka));
  }
}
