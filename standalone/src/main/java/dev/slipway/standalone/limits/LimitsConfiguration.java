package dev.slipway.standalone.limits;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Applies the limits to requests, and adds them to health and metrics. */
@Configuration(proxyBeanMethods = false)
public class LimitsConfiguration {

  /** Behind the login, so that strangers learn nothing of the machine. */
  private static final int BEHIND_THE_BOUNDARY = Ordered.HIGHEST_PRECEDENCE + 1;

  @Bean
  FilterRegistrationBean<LimitsFilter> limitsFilter(Limits limits) {
    var filter = new FilterRegistrationBean<>(new LimitsFilter(limits));
    filter.setOrder(BEHIND_THE_BOUNDARY);
    return filter;
  }

  /** Named so that health groups can name it. */
  @Bean("limitsHealthIndicator")
  LimitsHealth limitsHealth(Limits limits) {
    return new LimitsHealth(limits);
  }
}
