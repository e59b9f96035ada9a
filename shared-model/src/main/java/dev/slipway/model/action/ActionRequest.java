package dev.slipway.model.action;

import dev.slipway.model.Namespace;

/**
 * The request that an action records.
 *
 * @param name what is done to what, such as {@code Service Start}
 * @param object the resource URI of what it is done to
 * @param body as it came, secrets left out
 */
public record ActionRequest(
    Namespace namespace,
    String name,
    String object,
    String method,
    String path,
    String body,
    Origin origin) {}
