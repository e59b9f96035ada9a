package dev.slipway.agent.reconcile;

/** What is to be done next about one container. Each may be done twice without harm. */
sealed interface Step {

  record Create() implements Step {}

  record Start(String engineId) implements Step {}

  record Stop(String engineId) implements Step {}

  record Remove(String engineId) implements Step {}

  /** Nothing of it is there, as is wanted; its volumes may be. */
  record ReportRemoved() implements Step {}

  /** It is as it is wanted, or as it will stay: what is found is to be reported. */
  record ReportFound() implements Step {}

  /** The Engine is at it; what comes of that is a signal. */
  record Wait() implements Step {}
}
