package org.howdah.proxy;

import java.time.Duration;
import java.util.Optional;

/**
 * What is written to the log, and where metrics are served.
 *
 * @param connections logs clients that come
 * @param disconnections logs clients that go, with the reason
 * @param poolerErrors logs errors that the proxy itself sends to clients
 * @param statsPeriod over how long averages are taken
 * @param stats logs a line of totals every {@code statsPeriod}
 * @param verbosity 0: as usual; 1 to 3: more and more
 * @param slowStatement logs statements that took longer; zero: never
 * @param metricsListen host:port of the Prometheus endpoint
 */
public record LogSettings(
        boolean connections,
        boolean disconnections,
        boolean poolerErrors,
        Duration statsPeriod,
        boolean stats,
        int verbosity,
        Duration slowStatement,
        Optional<String> metricsListen) {}
