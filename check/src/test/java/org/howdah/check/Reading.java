package org.howdah.check;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.howdah.cluster.ClusterFacts;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Hardware;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.howdah.remedy.Finding;

/** Reads real servers for the tests of checks. */
final class Reading {
    static final Hardware MACHINE = Hardware.given(OptionalLong.of(8L << 30), OptionalInt.of(4));

    private Reading() {}

    static ClusterFacts of(TestServer server) {
        return of(server.port(), "postgres", "postgres", MACHINE);
    }

    static ClusterFacts of(int port, String database, String user, Hardware hardware) {
        return ClusterFacts.of(catalog(port, database, user, hardware));
    }

    static Catalog catalog(int port, String database, String user, Hardware hardware) {
        try (Session session =
                Session.open(
                        Dsn.of("127.0.0.1", port, database, user),
                        SessionOptions.reading("test"))) {
            return Catalog.read(session, hardware);
        }
    }

    /** The findings of a check that could be made in full. */
    static List<Finding> findings(Check check, ClusterFacts facts) {
        return switch (check.run(facts)) {
            case Outcome.Checked checked when checked.gaps().isEmpty() -> checked.findings();
            case Outcome outcome -> throw new AssertionError(check.id() + ": " + outcome);
        };
    }

    static Check check(String id) {
        return ServerChecks.all().stream()
                .filter(check -> check.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
