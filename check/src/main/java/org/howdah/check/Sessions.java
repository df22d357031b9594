package org.howdah.check;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.howdah.postgres.ActivityFact;
import org.howdah.remedy.Subject;

/** How findings speak of sessions. */
final class Sessions {
    private static final int LONGEST_STATEMENT = 80;

    private Sessions() {}

    static Subject subject(ActivityFact session) {
        return new Subject(
                Subject.Kind.SESSION, session.database().orElse(""), "process " + session.pid());
    }

    /** {@code process 4711 (billing, role app, database orders)}. */
    static String describe(ActivityFact session) {
        String details =
                Stream.of(
                                session.isClient() ? session.application() : session.backendType(),
                                session.role().map(role -> "role " + role).orElse(""),
                                session.database().map(name -> "database " + name).orElse(""))
                        .filter(part -> !part.isEmpty())
                        .collect(Collectors.joining(", "));
        return "process %d (%s)".formatted(session.pid(), details);
    }

    /** The beginning of its statement on one line. */
    static String statement(ActivityFact session) {
        return shorten(session.query());
    }

    static String shorten(String statement) {
        String line = statement.strip().replaceAll("\\s+", " ");
        return line.length() <= LONGEST_STATEMENT
                ? line
                : line.substring(0, LONGEST_STATEMENT - 1) + "…";
    }

    static String terminate(ActivityFact session) {
        return "SELECT pg_catalog.pg_terminate_backend(" + session.pid() + ")";
    }
}
