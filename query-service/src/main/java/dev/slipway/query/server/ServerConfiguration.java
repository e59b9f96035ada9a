package dev.slipway.query.server;

import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The overview, the version and the entry page. */
@Configuration(proxyBeanMethods = false)
@Import({SummaryController.class, RootController.class})
public class ServerConfiguration {}
