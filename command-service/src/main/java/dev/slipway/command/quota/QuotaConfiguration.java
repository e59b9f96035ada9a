package dev.slipway.command.quota;

import dev.slipway.http.Directory;
import dev.slipway.http.Quotas;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Quotas of namespaces. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QuotaSettings.class)
public class QuotaConfiguration implements WebMvcConfigurer {

  private final ObjectProvider<WriteRate> rate;

  QuotaConfiguration(ObjectProvider<WriteRate> rate) {
    this.rate = rate;
  }

  /** Quotas can be raised whatever they are, also those of the administrator's own namespace. */
  @Override
  public void addInterceptors(InterceptorRegistry interceptors) {
    interceptors.addInterceptor(rate.getObject()).excludePathPatterns("/api/account/v1/quota/**");
  }

  @Bean
  static Quotas quotas(Directory directory, QuotaSettings settings) {
    return new Quotas(directory, settings.limits());
  }

  @Bean
  static WriteRate writeRate(Quotas quotas) {
    return new WriteRate(quotas, System::nanoTime);
  }

  @Bean
  static QuotaApi quotaApi(Quotas quotas, JdbcTemplate jdbc, Directory directory) {
    return new QuotaApi(quotas, new Usage(jdbc), directory);
  }
}
