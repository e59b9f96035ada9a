package dev.slipway.model.service;

/**
 * A limit of the kernel for the processes of a container; -1 is no limit.
 *
 * @param name such as {@code nofile}
 */
public record Ulimit(String name, int soft, int hard) {}
