package dev.slipway.docker;

import com.github.dockerjava.transport.DockerHttpClient.Request;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends the MAC address of a new container with its network endpoints, where API 1.44 and later
 * expect it. docker-java knows the older place only, which 1.52 no longer reads.
 */
final class EndpointMacAddress {

  private static final ApiVersion SINCE = new ApiVersion(1, 44);
  private static final String CREATE = "/containers/create";
  private static final String FIELD = "MacAddress";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private EndpointMacAddress() {}

  /** The request as the version expects it; any other request stays as it is. */
  static Request adapt(Request request, ApiVersion version) {
    var bytes = request.bodyBytes();
    if (bytes == null || version.compareTo(SINCE) < 0 || !isCreate(request.path())) {
      return request;
    }
    var body = (ObjectNode) JSON.readTree(bytes);
    var address = body.path(FIELD).asString("");
    var endpoints = body.path("NetworkingConfig").path("EndpointsConfig");
    if (address.isEmpty() || endpoints.isEmpty()) {
      return request;
    }
    endpoints.values().forEach(endpoint -> ((ObjectNode) endpoint).put(FIELD, address));
    body.remove(FIELD);
    return Request.builder().from(request).bodyBytes(JSON.writeValueAsBytes(body)).build();
  }

  private static boolean isCreate(String path) {
    return path.equals(CREATE) || path.startsWith(CREATE + "?");
  }
}
