package dev.slipway.query.logs;

import com.mongodb.client.MongoDatabase;
import dev.slipway.query.projection.Projections;
import dev.slipway.runtime.BackgroundTask;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.unit.DataSize;

/** The logs' part of the query side. */
@Configuration(proxyBeanMethods = false)
@Import(LogController.class)
public class LogConfiguration {

  @Bean
  LogStore queryLogStore(MongoDatabase database) {
    return new LogStore(database);
  }

  @Bean
  Followers queryLogFollowers() {
    return new Followers();
  }

  @Bean
  LogRetention queryLogRetention(
      LogStore store,
      @Value("${slipway.logs.max-age:7d}") Duration age,
      @Value("${slipway.logs.max-lines:100000}") long lines,
      @Value("${slipway.logs.max-size:128MB}") DataSize size) {
    return new LogRetention(store, new LogRetention.Limits(age, lines, size), Clock.systemUTC());
  }

  @Bean
  BackgroundTask queryLogRetentionTask(LogRetention retention) {
    return retention.task();
  }

  @Bean
  LogHealth logs(LogStore store, LogRetention retention) {
    return new LogHealth(store, retention.limits());
  }

  @Bean
  LogProgress queryLogProgress(MongoDatabase database) {
    return new LogProgress(database);
  }

  @Bean
  LogProjection queryLogProjection(
      LogStore store, LogProgress progress, Followers followers, LogRetention retention) {
    return new LogProjection(store, progress, followers, retention);
  }

  @Bean
  Logs queryLogs(
      LogStore store, LogProgress progress, Followers followers, Projections projections) {
    return new Logs(store, progress, followers, projections);
  }
}
