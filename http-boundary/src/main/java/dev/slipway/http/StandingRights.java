package dev.slipway.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.function.BooleanSupplier;

/**
 * The rights by which a request was admitted, to be asked again while its answer goes on: a key may
 * be revoked, a membership end, a token expire.
 */
public final class StandingRights {

  static final String ATTRIBUTE = StandingRights.class.getName();

  private StandingRights() {}

  /** Whether the request would be admitted now. The supplier outlives the request. */
  public static BooleanSupplier of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof BooleanSupplier rights ? rights : () -> true;
  }
}
