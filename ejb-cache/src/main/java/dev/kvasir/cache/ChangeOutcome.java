package dev.kvasir.cache;

/**
 * What became of a change of settings.
 *
 * @param done whether it is in force; if not, another one was faster
 * @param now what is in force
 */
public record ChangeOutcome(boolean done, SettingsVersion now) {}
