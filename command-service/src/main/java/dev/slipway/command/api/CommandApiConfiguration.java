package dev.slipway.command.api;

import dev.slipway.command.ledger.ServiceReferences;
import dev.slipway.command.messaging.Commands;
import dev.slipway.model.api.Addressing;
import dev.slipway.model.api.ReadModel;
import dev.slipway.model.api.ServiceResource;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The controllers of the command side. */
@Configuration(proxyBeanMethods = false)
public class CommandApiConfiguration {

  /** Where the query side is in the same process, that process has its bean instead. */
  @Bean
  @ConditionalOnProperty("slipway.query")
  ReadModel remoteReadModel(@Value("${slipway.query}") String queryService) {
    return new RemoteReadModel(queryService);
  }

  @Bean
  ServiceCommandsApi serviceCommandsApi(
      Commands commands,
      ReadModel readModel,
      Addressing addressing,
      ServiceReferences references,
      @Value("${slipway.operation-deadline:10m}") Duration longestOperation,
      InstantSource clock) {
    return new ServiceCommandsApi(
        new Answers(commands, readModel, new ServiceResource(addressing), references),
        new References(references),
        longestOperation,
        clock);
  }
}
