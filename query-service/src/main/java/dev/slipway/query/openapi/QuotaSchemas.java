package dev.slipway.query.openapi;

import dev.slipway.model.quota.Quota;

/** How quotas are shown and set. */
final class QuotaSchemas {

  private final Schemas schemas;

  QuotaSchemas(Schemas schemas) {
    this.schemas = schemas;
  }

  void describe() {
    schemas.object("QuotaUse").wholeOrNull("used").whole("limit").flag("set");
    var use = schemas.object("QuotasByName");
    var update = schemas.object("QuotasUpdate").optional();
    for (var quota : Quota.values()) {
      use.add(quota.text(), Types.ref("QuotaUse"));
      update.wholeOrNull(quota.text());
    }
    schemas
        .object("Quotas")
        .text("namespace")
        .add("quotas", Types.ref("QuotasByName"))
        .uri("resource_uri");
  }
}
