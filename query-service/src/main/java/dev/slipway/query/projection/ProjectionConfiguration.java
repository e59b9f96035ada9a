package dev.slipway.query.projection;

import com.mongodb.client.MongoDatabase;
import dev.slipway.model.api.ReadModel;
import dev.slipway.model.api.ReadModel.View;
import dev.slipway.model.wire.Topics;
import dev.slipway.runtime.BackgroundTask;
import dev.slipway.runtime.HealthRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Makes loops of the projections that there are. */
@Configuration(proxyBeanMethods = false)
@Import({AppliedController.class, StoreFailures.class})
public class ProjectionConfiguration {

  @Bean
  AppliedVersions queryApplied() {
    return new AppliedVersions();
  }

  @Bean
  Projections queryProjections(
      List<Projection<?>> all,
      ObjectProvider<KafkaAccess> kafka,
      MongoDatabase database,
      HealthRegistry health,
      @Value("${slipway.kafka:127.0.0.1:9092}") String servers,
      @Value("${slipway.query-group:}") String group) {
    var surroundings =
        new ProjectionLoop.Surroundings(
            kafka.getIfAvailable(() -> KafkaAccess.to(servers, group)),
            new OffsetStore(database),
            !group.isBlank());
    var byLoop = new LinkedHashMap<String, List<Projection<?>>>();
    all.forEach(p -> byLoop.computeIfAbsent(loop(p.topic()), _ -> new ArrayList<>()).add(p));
    var loops =
        byLoop.entrySet().stream()
            .map(entry -> new ProjectionLoop(entry.getKey(), entry.getValue(), surroundings))
            .toList();
    loops.forEach(loop -> health.register(loop.task()));
    return new Projections(loops, surroundings.shared());
  }

  /** Topics that are waited for have a thread of their own. */
  private static String loop(Topics topic) {
    return switch (topic) {
      case SERVICE_EVENTS -> "services";
      case STACK_EVENTS -> "stacks";
      case ACTION_EVENTS -> "actions";
      case LOGS -> "logs";
      case NODE_EVENTS, HEARTBEATS -> "nodes";
      case ACCOUNT_EVENTS, ASSIGNMENTS, REPORTS, EXEC_REQUESTS, EXEC_OUTPUT ->
          throw new IllegalArgumentException("No view is of " + topic);
    };
  }

  @Bean
  ReadModel readModel(AppliedVersions applied, Projections projections, MongoDatabase database) {
    return new StoredReadModel(
        applied,
        Map.of(
            View.SERVICE, new ViewCollection(database, "services"),
            View.STACK, new ViewCollection(database, "stacks"),
            View.ACTION, new ViewCollection(database, "actions"),
            View.NODE, new ViewCollection(database, "nodes")),
        projections);
  }

  @Bean
  BackgroundTask queryOldForms(MongoDatabase database, Projections projections) {
    return new OldForms(database, projections).task();
  }

  /** Named so that health groups can name it. */
  @Bean("projectionsHealthIndicator")
  ProjectionHealth projectionHealth(Projections projections) {
    return new ProjectionHealth(projections);
  }
}
