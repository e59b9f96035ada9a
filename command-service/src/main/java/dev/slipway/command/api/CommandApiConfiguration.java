package dev.slipway.command.api;

import dev.slipway.command.history.ActionLog;
import dev.slipway.command.history.PastDefinitions;
import dev.slipway.command.ledger.LedgerReader;
import dev.slipway.command.ledger.ServiceReferences;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.publishing.LogRepair;
import dev.slipway.command.quota.WriteRate;
import dev.slipway.command.service.LoggedServices;
import dev.slipway.command.store.AxonOnPostgres;
import dev.slipway.http.Policies;
import dev.slipway.model.api.Addressing;
import dev.slipway.model.api.ContainerDetail;
import dev.slipway.model.api.Environment;
import dev.slipway.model.api.ReadModel;
import dev.slipway.model.api.ServiceResource;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.servlet.DispatcherServlet;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The controllers of the command side. */
@Configuration(proxyBeanMethods = false)
public class CommandApiConfiguration implements WebMvcConfigurer {

  @Override
  public void addInterceptors(InterceptorRegistry interceptors) {
    interceptors.addInterceptor(new DryRunFlag());
  }

  /** Where the query side is in the same process, that process has its bean instead. */
  @Bean
  @ConditionalOnProperty("slipway.query")
  ReadModel remoteReadModel(
      @Value("${slipway.query}") String queryService,
      @Value("${slipway.user:admin}") String user,
      @Value("${slipway.apikey}") String apiKey) {
    return new RemoteReadModel(queryService, user, apiKey);
  }

  @Bean
  Answers commandAnswers(
      Commands commands,
      ReadModel readModel,
      Addressing addressing,
      ServiceReferences references,
      LedgerReader ledger,
      Policies policies,
      @Value("${slipway.url:http://localhost:8080}") String url) {
    return new Answers(
        commands,
        readModel,
        new ServiceResource(addressing),
        references,
        ledger,
        policies::of,
        new Environment(addressing, url));
  }

  @Bean
  ActionCommandsApi actionCommandsApi(
      JdbcTemplate jdbc,
      LedgerReader ledger,
      Answers answers,
      ObjectProvider<DispatcherServlet> dispatcher) {
    return new ActionCommandsApi(
        new ActionLog(jdbc), ledger, answers, new Repeater(dispatcher::getObject));
  }

  @Bean
  ContainerCommandsApi containerCommandsApi(
      Answers answers,
      LedgerReader ledger,
      Addressing addressing,
      AxonOnPostgres axon,
      @Value("${slipway.url:http://localhost:8080}") String url,
      @Value("${slipway.operation-deadline:10m}") Duration longestOperation,
      InstantSource clock) {
    return new ContainerCommandsApi(
        answers,
        ledger,
        new LoggedServices(axon.events()),
        new ContainerDetail(addressing, url),
        longestOperation,
        clock);
  }

  @Bean
  AdoptionAnswers adoptionAnswers(Answers answers, LedgerReader ledger, AxonOnPostgres axon) {
    return new AdoptionAnswers(answers, ledger, new LoggedServices(axon.events()));
  }

  @Bean
  TriggerCommandsApi triggerCommandsApi(
      Answers answers,
      LedgerReader ledger,
      WriteRate rate,
      InstantSource clock,
      @Value("${slipway.trigger-guesses:20}") int guesses,
      @Value("${slipway.operation-deadline:10m}") Duration longestOperation) {
    return new TriggerCommandsApi(
        answers, ledger, rate, new TriggerGuesses(guesses, clock), longestOperation);
  }

  @Bean
  RepairApi repairApi(LogRepair repair, Commands commands) {
    return new RepairApi(repair, commands);
  }

  @Bean
  RestoreApi restoreApi(Answers answers, JdbcTemplate jdbc) {
    return new RestoreApi(answers, new PastDefinitions(jdbc));
  }

  @Bean
  ServiceCommandsApi serviceCommandsApi(
      Answers answers,
      ServiceReferences references,
      @Value("${slipway.operation-deadline:10m}") Duration longestOperation,
      InstantSource clock) {
    return new ServiceCommandsApi(answers, new References(references), longestOperation, clock);
  }
}
