package org.howdah.check;

/** A check and what came of it. */
public record CheckResult(String check, Outcome outcome) {}
