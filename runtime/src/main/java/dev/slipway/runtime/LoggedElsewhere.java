package dev.slipway.runtime;

/** Marks a failure that its own part of the process logs: the tasks that meet it do not. */
public interface LoggedElsewhere {}
