package org.howdah.proxy;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the process does beside its work. Changes count from the next start.
 *
 * @param logFile the log's copy in a file
 * @param pidFile holds the number of the process while it runs
 * @param syslog the system's log; empty: nothing is sent there
 */
public record ProcessSettings(
        Optional<Path> logFile, Optional<Path> pidFile, Optional<Syslog> syslog) {

    /**
     * Source: https://man7.org/linux/man-pages/man3/syslog.3.html
     *
     * @param identity the program's name in the messages
     * @param facility such as {@code daemon}
     */
    public record Syslog(String identity, String facility) {}
}
