package org.howdah.proxy;

/** A user with settings of its own. */
public record UserSettings(String name, Overrides overrides) {}
