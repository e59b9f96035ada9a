package dev.slipway.command.service;

import static dev.slipway.model.service.OperationKind.REDEPLOY;
import static dev.slipway.model.service.OperationKind.SCALE;
import static dev.slipway.model.service.OperationKind.START;
import static dev.slipway.model.service.OperationKind.STOP;
import static dev.slipway.model.service.OperationKind.TERMINATE;

import dev.slipway.model.service.OperationKind;
import dev.slipway.model.service.ServiceLifecycle;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which operation may begin in which state: the API page's table, with what real clients need
 * besides (start of a partly running service, scale in each stable state, redeploy as a first
 * deployment).
 */
public final class AllowedOperations {

  private AllowedOperations() {}

  public static Set<OperationKind> in(ServiceLifecycle state) {
    return switch (state) {
      case NOT_RUNNING -> EnumSet.of(START, SCALE, REDEPLOY, TERMINATE);
      case RUNNING -> EnumSet.of(STOP, SCALE, REDEPLOY, TERMINATE);
      case PARTLY_RUNNING -> EnumSet.of(START, STOP, SCALE, REDEPLOY, TERMINATE);
      case STOPPED -> EnumSet.of(START, SCALE, REDEPLOY, TERMINATE);
      case STARTING, SCALING, REDEPLOYING, STOPPING, TERMINATING, TERMINATED ->
          EnumSet.noneOf(OperationKind.class);
    };
  }
}
