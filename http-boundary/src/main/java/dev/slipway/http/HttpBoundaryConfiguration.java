package dev.slipway.http;

import dev.slipway.model.Namespace;
import dev.slipway.runtime.BackgroundTask;
import dev.slipway.runtime.BackgroundTasks;
import dev.slipway.runtime.HealthRegistry;
import java.time.InstantSource;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardHost;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.http.MediaType;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.multipart.MultipartResolver;
import org.springframework.web.servlet.config.annotation.ContentNegotiationConfigurer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the boundary in front of every controller of the process. */
@Configuration(proxyBeanMethods = false)
@Import({ApiErrors.class, ErrorPathApi.class, AccountListsApi.class, SessionApi.class})
public class HttpBoundaryConfiguration implements WebMvcConfigurer {

  @Bean
  HealthRegistry healthRegistry() {
    return new HealthRegistry();
  }

  @Bean
  ServiceTasks serviceTasks(ObjectProvider<BackgroundTask> tasks, HealthRegistry health) {
    return new ServiceTasks(new BackgroundTasks(tasks.orderedStream().toList(), health));
  }

  @Bean
  StatusAggregator statusAggregator() {
    return StatusAggregator.of(
        Status.DOWN, Status.OUT_OF_SERVICE, RuntimeHealth.DEGRADED, Status.UP, Status.UNKNOWN);
  }

  /** Named so that health groups can name it. */
  @Bean("runtimeHealthIndicator")
  RuntimeHealth runtimeHealth(HealthRegistry health) {
    return new RuntimeHealth(health);
  }

  @Bean
  Directory directory() {
    return new Directory();
  }

  @Bean
  DirectoryProgress directoryProgress(Directory directory) {
    return new DirectoryProgress(directory);
  }

  /** Named so that health groups can name it. */
  @Bean("accountsHealthIndicator")
  DirectoryReader directoryReader(
      ObjectProvider<AccountLog> log,
      DirectoryProgress progress,
      HealthRegistry health,
      @Value("${slipway.kafka:127.0.0.1:9092}") String servers) {
    var reader = new DirectoryReader(log.getIfAvailable(() -> AccountLog.of(servers)), progress);
    health.register(reader.task());
    return reader;
  }

  @Bean
  ConfiguredAccount configuredAccount(
      @Value("${slipway.user:admin}") String user,
      @Value("${slipway.apikey}") String apiKey,
      @Value("${slipway.namespace:#{null}}") @Nullable String namespace) {
    return new ConfiguredAccount(
        user, apiKey, new Namespace(namespace == null || namespace.isBlank() ? user : namespace));
  }

  @Bean
  Policies policies(Directory directory, ConfiguredAccount configured) {
    return new Policies(directory, configured.namespace());
  }

  @Bean
  Accounts accounts(ConfiguredAccount configured, Directory directory, DirectoryProgress progress) {
    return new Accounts(configured, directory, progress, InstantSource.system());
  }

  @Bean
  Gate gate(Accounts accounts) {
    return new Gate(accounts, new LoginThrottle(InstantSource.system()));
  }

  @Bean
  SessionLogin sessionLogin(Gate gate, Accounts accounts) {
    return new SessionLogin(gate, accounts);
  }

  @Bean
  SessionResource sessionResource(
      @Value("${slipway.exec:true}") boolean exec,
      @Value("${slipway.simulated:false}") String simulated) {
    return new SessionResource(
        ServerVersion.CURRENT.version(), exec, Boolean.parseBoolean(simulated));
  }

  @Bean
  FilterRegistrationBean<BoundaryFilter> boundaryFilter(Gate gate) {
    var registration = new FilterRegistrationBean<>(new BoundaryFilter(gate));
    registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return registration;
  }

  /** Bodies are left to us, and what Tomcat itself refuses is answered in JSON too. */
  @Bean
  WebServerFactoryCustomizer<TomcatServletWebServerFactory> boundaryOfTomcat() {
    return tomcat -> {
      tomcat.addConnectorCustomizers(connector -> connector.setParseBodyMethods("NONE"));
      tomcat.addConnectorCustomizers(HttpBoundaryConfiguration::keepConnections);
      tomcat.addContextValves(new FoldedHeaderValve());
      tomcat.addContextCustomizers(
          context -> {
            if (context.getParent() instanceof StandardHost host) {
              host.setErrorReportValveClass(JsonErrorValve.class.getName());
            }
          });
    };
  }

  /** No path takes a multipart body; what reads a body says so. */
  @Bean
  MultipartResolver multipartResolver() {
    return new NoMultipart();
  }

  @Override
  public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
    resolvers.add(new CallerArgument());
  }

  /** Clients send any Accept and get JSON. */
  @Override
  public void configureContentNegotiation(ContentNegotiationConfigurer negotiation) {
    negotiation.ignoreAcceptHeader(true).defaultContentType(MediaType.APPLICATION_JSON);
  }

  /** A client that sends much keeps its connection; Tomcat would end it after 100 requests. */
  private static void keepConnections(Connector connector) {
    boolean _ = connector.setProperty("maxKeepAliveRequests", "-1");
  }
}
