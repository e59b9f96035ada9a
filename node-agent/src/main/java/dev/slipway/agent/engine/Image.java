package dev.slipway.agent.engine;

import dev.slipway.model.container.ImageFacts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An image as the Engine has it.
 *
 * @param id the digest that the Engine knows it by
 * @param volumes the paths that it keeps in volumes
 */
public record Image(String id, ImageFacts facts, Set<String> volumes) {

  public Image {
    volumes = Set.copyOf(volumes);
  }

  /** The same, with the reason why no newer one was asked for. */
  public Image notPulled(@Nullable String reason) {
    return new Image(id, new ImageFacts(facts.environment(), facts.exposed(), reason), volumes);
  }
}
