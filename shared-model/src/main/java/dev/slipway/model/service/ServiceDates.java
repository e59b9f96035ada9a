package dev.slipway.model.service;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** When things happened to a service for the last time; each null until it does. */
public record ServiceDates(
    Instant created,
    @Nullable Instant deployed,
    @Nullable Instant started,
    @Nullable Instant stopped,
    @Nullable Instant destroyed) {

  static ServiceDates created(Instant at) {
    return new ServiceDates(at, null, null, null, null);
  }

  ServiceDates deployed(Instant at) {
    return new ServiceDates(created, at, started, stopped, destroyed);
  }

  ServiceDates begun(OperationKind kind, Instant at) {
    return switch (kind) {
      case START -> new ServiceDates(created, deployed, at, stopped, destroyed);
      case STOP -> new ServiceDates(created, deployed, started, at, destroyed);
      case TERMINATE -> new ServiceDates(created, deployed, started, stopped, at);
      case SCALE, REDEPLOY -> this;
    };
  }
}
