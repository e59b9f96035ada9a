package dev.slipway.standalone.audit;

import dev.slipway.model.service.ServiceId;

/**
 * A volume of Slipway's as an Engine has it.
 *
 * @param engine where the Engine is
 * @param service whose data it holds, as its label says
 */
public record KeptVolume(String engine, String name, ServiceId service) {}
