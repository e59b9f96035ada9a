package dev.slipway.model.api;

import dev.slipway.model.Namespace;
import dev.slipway.model.service.Binding;
import dev.slipway.model.service.Service;
import dev.slipway.model.service.ServiceId;
import dev.slipway.model.service.ServiceLink;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a service that point to other services, as the API shows them: by URI. */
public final class ServiceLinks {

  private ServiceLinks() {}

  /** The link, the same seen from either side. */
  public static Map<String, Object> render(Service from, ServiceLink link) {
    return render(from.namespace(), from.id(), link);
  }

  /** The link of a service of which no more is known. */
  public static Map<String, Object> render(Namespace namespace, ServiceId from, ServiceLink link) {
    var json = new LinkedHashMap<String, Object>();
    json.put("name", link.name());
    json.put("from_service", ResourceUri.of(namespace, from));
    json.put("to_service", ResourceUri.of(namespace, link.to()));
    return json;
  }

  static Map<String, @Nullable Object> render(Service service, Binding binding) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put("host_path", binding.hostPath());
    json.put("container_path", binding.containerPath());
    json.put("rewritable", binding.rewritable());
    json.put(
        "volumes_from",
        binding.volumesFrom() == null
            ? null
            : ResourceUri.of(service.namespace(), binding.volumesFrom()));
    return json;
  }
}
