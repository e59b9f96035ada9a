package dev.slipway.standalone;

import dev.slipway.agent.NodeAgentConfiguration;
import dev.slipway.command.CommandServiceConfiguration;
import dev.slipway.query.QueryServiceConfiguration;
import dev.slipway.standalone.limits.LimitsConfiguration;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** All sides in one process: wiring, and no logic. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
  CommandServiceConfiguration.class,
  QueryServiceConfiguration.class,
  NodeAgentConfiguration.class,
  LimitsConfiguration.class
})
class StandaloneConfiguration {}
