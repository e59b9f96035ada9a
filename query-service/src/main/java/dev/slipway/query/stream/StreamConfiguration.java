package dev.slipway.query.stream;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all streams of the query side are answered with. */
@Configuration(proxyBeanMethods = false)
public class StreamConfiguration {

  @Bean
  StreamLimits queryStreamLimits(
      @Value("${slipway.logs.send-timeout:10s}") Duration send,
      @Value("${slipway.streams.text-silence:1h}") Duration textSilence,
      @Value("${slipway.streams.ping-every:30s}") Duration pingEvery,
      @Value("${slipway.streams.silence:75s}") Duration silence) {
    return new StreamLimits(send, textSilence, new KeepAlive.Times(pingEvery, silence));
  }

  @Bean
  Streams queryStreams(StreamLimits limits, MeterRegistry meters) {
    return new Streams(limits, new Drops(meters));
  }
}
