package org.howdah.check;

import java.util.Optional;
import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** A server that lets in more sessions than it can serve, or keeps no place for its owner. */
final class SettingsConnectionsCheck implements Check {
    /**
     * Beyond some hundreds, sessions mostly wait for each other: a snapshot looks at all of them.
     *
     * <p>https://wiki.postgresql.org/wiki/Number_Of_Database_Connections
     */
    private static final double MANY = 500;

    /** Processes alone then take tens of gigabytes. */
    private static final double FAR_TOO_MANY = 5000;

    /** The default. */
    private static final double RESERVED = 3;

    @Override
    public String id() {
        return "settings-connections";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return ServerSettings.judge(
                facts,
                settings ->
                        Stream.of(most(settings), reserved(settings)).flatMap(Optional::stream));
    }

    private Optional<Finding> most(ServerSettings settings) {
        double most = settings.number("max_connections");
        if (most <= MANY) {
            return Optional.empty();
        }
        return Optional.of(
                settings.advise(
                        id(),
                        most > FAR_TOO_MANY ? Severity.CRITICAL : Severity.WARNING,
                        "max_connections",
                        ServerSettings.byHand(
                                "max_connections",
                                "Put a pool in front of the server and lower max_connections to a few"
                                        + " for each processor, some hundreds at most"),
                        "max_connections = %s lets in more sessions than the server can serve"
                                .formatted(Units.exact((long) most)),
                        "Each session is a process with memory of its own and is looked at by every"
                                + " snapshot: many clients over few connections are faster than many"
                                + " connections.",
                        Measure.against("max_connections", most, Quantity.COUNT, MANY)));
    }

    // https://www.postgresql.org/docs/current/runtime-config-connection.html#GUC-SUPERUSER-RESERVED-CONNECTIONS
    private Optional<Finding> reserved(ServerSettings settings) {
        double reserved = settings.number("superuser_reserved_connections");
        if (reserved >= RESERVED) {
            return Optional.empty();
        }
        return Optional.of(
                settings.advise(
                        id(),
                        Severity.WARNING,
                        "superuser_reserved_connections",
                        "3",
                        "only %.0f connections are kept for superusers".formatted(reserved),
                        "When all others are taken, nobody can log in to find out why.",
                        Measure.against("reserved", reserved, Quantity.COUNT, RESERVED)));
    }
}
