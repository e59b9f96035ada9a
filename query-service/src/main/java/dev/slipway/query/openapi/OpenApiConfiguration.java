package dev.slipway.query.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.PropertySource;

/** The document's part of the query side. springdoc serves it with a page to try it by. */
@Configuration(proxyBeanMethods = false)
@PropertySource("classpath:dev/slipway/query/openapi/springdoc.properties")
public class OpenApiConfiguration {

  @Bean
  OpenAPI apiDocument() {
    return ApiDocument.empty();
  }

  /** Is called when the document is first asked for: a start does not wait for it. */
  @Bean
  OpenApiCustomizer apiDescription() {
    return document -> ApiDocument.describe(document, new Words());
  }
}
