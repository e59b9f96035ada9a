package dev.slipway.query.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
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

  /** Nor does a start wait for springdoc, which asks to be made at once. */
  @Bean
  static BeanFactoryPostProcessor springdocWhenItIsNeeded() {
    return factory ->
        Arrays.stream(factory.getBeanDefinitionNames())
            .map(factory::getBeanDefinition)
            .filter(OpenApiConfiguration::isOfSpringdoc)
            .forEach(bean -> bean.setLazyInit(true));
  }

  private static boolean isOfSpringdoc(BeanDefinition bean) {
    return Stream.<@Nullable String>of(bean.getBeanClassName(), bean.getFactoryBeanName())
        .anyMatch(name -> name != null && name.startsWith("org.springdoc."));
  }
}
