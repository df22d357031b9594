package org.howdah.check;

import java.time.Duration;
import java.util.regex.Pattern;
import org.howdah.postgres.StatementFact;
import org.howdah.remedy.Subject;

/** How findings speak of statements. */
final class Statements {
    /** Maintenance, dumps and transaction control: long by their nature, or no work at all. */
    private static final Pattern NO_QUERY =
            Pattern.compile(
                    "(?is)^\\s*(VACUUM|ANALYZE|CLUSTER|REINDEX|CREATE|ALTER|DROP|REFRESH|COPY|BEGIN"
                            + "|START|COMMIT|ROLLBACK|END|SAVEPOINT|RELEASE|PREPARE|DEALLOCATE|CHECKPOINT"
                            + "|FETCH|DECLARE|CLOSE|LOCK|LISTEN|NOTIFY|SET|SHOW|TRUNCATE|GRANT|REVOKE)\\b.*");

    private Statements() {}

    static boolean isQuery(StatementFact statement) {
        return !NO_QUERY.matcher(statement.query()).matches();
    }

    static Subject subject(StatementFact statement) {
        return new Subject(
                Subject.Kind.STATEMENT,
                statement.database().orElse(""),
                "statement " + statement.queryId());
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
