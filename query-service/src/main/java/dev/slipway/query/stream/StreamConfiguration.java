package dev.slipway.query.stream;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all streams of the query side are answered with. */
@Configuration(proxyBeanMethods = false)
public class StreamConfiguration {

  @Bean
  Streams queryStreams(@Value("${slipway.logs.send-timeout:10s}") Duration longestSend) {
    return new Streams(longestSend);
  }
}
