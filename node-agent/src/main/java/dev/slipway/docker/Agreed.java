package dev.slipway.docker;

/**
 * The outcome of one negotiation.
 *
 * @param engine what the Engine reported
 * @param version of the API that both sides speak
 * @param number of the negotiation on its connection, from 1
 */
public record Agreed(EngineVersion engine, ApiVersion version, int number) {}
