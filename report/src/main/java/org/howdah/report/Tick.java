package org.howdah.report;

/** A place on an axis with its number. */
record Tick(double value, String label) {}
