package dev.slipway.query.logs;

/**
 * Whose lines are read: all of a service, or those of one container.
 *
 * @param field that lines are found by
 */
record LogTarget(String field, String id) {

  static LogTarget service(String id) {
    return new LogTarget("service", id);
  }

  static LogTarget container(String id) {
    return new LogTarget("container", id);
  }

  boolean isService() {
    return field.equals("service");
  }
}
