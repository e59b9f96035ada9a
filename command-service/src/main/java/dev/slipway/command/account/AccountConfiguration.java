package dev.slipway.command.account;

import dev.slipway.command.ledger.ServiceReferences;
import dev.slipway.command.messaging.Commands;
import dev.slipway.command.quota.QuotaApi;
import dev.slipway.command.registry.LoginCheck;
import dev.slipway.command.secrets.Seal;
import dev.slipway.http.Directory;
import dev.slipway.http.DirectoryProgress;
import dev.slipway.http.Policies;
import dev.slipway.http.Quotas;
import dev.slipway.http.SessionLogin;
import dev.slipway.http.SessionResource;
import dev.slipway.model.Namespace;
import dev.slipway.model.api.ReadModel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The writing half of the API of accounts. */
@Configuration(proxyBeanMethods = false)
public class AccountConfiguration {

  @Bean
  AccountRights accountRights(
      @Value("${slipway.user:admin}") String user,
      @Value("${slipway.namespace:#{null}}") @Nullable String namespace) {
    return new AccountRights(
        user, new Namespace(namespace == null || namespace.isBlank() ? user : namespace));
  }

  @Bean
  AccountAnswers accountAnswers(
      Commands commands, ReadModel readModel, DirectoryProgress directory) {
    return new AccountAnswers(commands, readModel, directory);
  }

  @Bean
  AccountCommandsApi accountCommandsApi(
      AccountAnswers answers, AccountRights rights, Directory directory, InstantSource clock) {
    return new AccountCommandsApi(answers, rights, directory, clock);
  }

  @Bean
  PolicyCommandsApi policyCommandsApi(
      AccountAnswers answers, AccountRights rights, Policies policies) {
    return new PolicyCommandsApi(answers, rights, policies);
  }

  @Bean
  NodeTokensApi nodeTokensApi(
      AccountAnswers answers,
      AccountRights rights,
      @Value("${slipway.node-token-validity:24h}") Duration validity,
      InstantSource clock) {
    return new NodeTokensApi(answers, rights, validity, clock);
  }

  @Bean
  ApiKeyCommandsApi apiKeyCommandsApi(
      AccountAnswers answers, AccountRights rights, Quotas quotas, InstantSource clock) {
    return new ApiKeyCommandsApi(answers, rights, quotas, clock);
  }

  @Bean
  SessionCommandsApi sessionCommandsApi(
      AccountAnswers answers,
      Commands commands,
      AccountRights rights,
      SessionLogin logins,
      SessionResource resource,
      InstantSource clock) {
    return new SessionCommandsApi(answers, commands, rights, logins, resource, clock);
  }

  @Bean
  QuotaCommandsApi quotaCommandsApi(
      AccountAnswers answers, AccountRights rights, Quotas quotas, QuotaApi shown) {
    return new QuotaCommandsApi(answers, rights, quotas, shown);
  }

  @Bean
  LoginCheck registryLoginCheck(@Value("${slipway.insecure-registries:}") Set<String> insecure) {
    return new LoginCheck(insecure);
  }

  @Bean
  RegistryCommandsApi registryCommandsApi(
      AccountAnswers answers,
      AccountRights rights,
      Directory directory,
      ServiceReferences services,
      LoginCheck check,
      Seal seal,
      InstantSource clock) {
    return new RegistryCommandsApi(answers, rights, directory, services, check, seal, clock);
  }
}
