package dev.slipway.command.quota;

import dev.slipway.model.quota.Quota;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The quotas of a namespace that has none of its own, under {@code slipway.quota} or as
 * SLIPWAY_QUOTA_… in the environment.
 */
@ConfigurationProperties("slipway.quota")
public record QuotaSettings(
    @DefaultValue("2000") long services,
    @DefaultValue("1000") long containersPerService,
    @DefaultValue("10000") long containers,
    @DefaultValue("500") long stacks,
    @DefaultValue("2000") long triggers,
    @DefaultValue("100") long apiKeys,
    @DefaultValue("4294967296") long storedBytes,
    @DefaultValue("200") long writesPerSecond) {

  Map<Quota, Long> limits() {
    var limits = new EnumMap<Quota, Long>(Quota.class);
    limits.put(Quota.SERVICES, services);
    limits.put(Quota.CONTAINERS_PER_SERVICE, containersPerService);
    limits.put(Quota.CONTAINERS, containers);
    limits.put(Quota.STACKS, stacks);
    limits.put(Quota.TRIGGERS, triggers);
    limits.put(Quota.API_KEYS, apiKeys);
    limits.put(Quota.STORED_BYTES, storedBytes);
    limits.put(Quota.WRITES_PER_SECOND, writesPerSecond);
    return limits;
  }
}
