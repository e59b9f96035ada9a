package dev.slipway.query.history;

import com.mongodb.client.MongoDatabase;
import dev.slipway.runtime.BackgroundTask;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The history's part of the query side. */
@Configuration(proxyBeanMethods = false)
@Import(HistoryController.class)
public class HistoryConfiguration {

  @Bean
  History queryHistory(MongoDatabase database) {
    return new History(database);
  }

  @Bean
  Past queryPast(History history) {
    return new Past(history);
  }

  @Bean
  HistoryRetention queryHistoryRetention(
      History history,
      @Value("${slipway.history.max-events:1000}") int events,
      @Value("${slipway.history.max-age-terminated:30d}") Duration ofTerminated) {
    var limits = new HistoryRetention.Limits(events, ofTerminated);
    return new HistoryRetention(history, limits, Clock.systemUTC());
  }

  @Bean
  BackgroundTask queryHistoryRetentionTask(HistoryRetention retention) {
    return retention.task();
  }
}
