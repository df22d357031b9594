package org.howdah.proxy;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the process does beside its work.
 *
 * @param logFile where the log is written beside standard error; a reload opens it anew
 * @param pidFile holds the number of the process while it runs
 */
public record ProcessSettings(Optional<Path> logFile, Optional<Path> pidFile) {}
