package org.howdah.check;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.howdah.cluster.ClusterFacts;
import org.howdah.postgres.DatabaseFacts;
import org.howdah.postgres.RelationFact;
import org.howdah.postgres.TableLockFact;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Tables that nobody can read now, because a session holds or awaits ACCESS EXCLUSIVE. */
final class LockedTableCheck implements Check {
    /** The longest that a table may be locked by a careful change of its definition. */
    static final Duration SHORT = Duration.ofSeconds(1);

    static final Duration LONG = Duration.ofSeconds(60);

    @Override
    public String id() {
        return "table-locked";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        DatabaseFacts database = facts.main().database();
        return Outcome.of(
                database.exclusiveLocks(),
                database.relations(),
                (locks, _) -> findings(database, locks));
    }

    private List<Finding> findings(DatabaseFacts database, List<TableLockFact> locks) {
        Map<Long, RelationFact> relations = database.relationsByOid();
        List<Finding> findings = new ArrayList<>();
        for (TableLockFact lock : locks) {
            if (!relations.containsKey(lock.relation())) {
                continue;
            }
            long others =
                    locks.stream()
                            .filter(other -> other.relation() == lock.relation() && !other.held())
                            .filter(other -> !other.equals(lock))
                            .count();
            findings.add(finding(database.name(), lock, others));
        }
        return findings;
    }

    private Finding finding(String database, TableLockFact lock, long others) {
        Duration age = lock.transactionAge().orElse(Duration.ZERO);
        Severity severity =
                age.compareTo(LONG) >= 0
                        ? Severity.CRITICAL
                        : age.compareTo(SHORT) >= 0 ? Severity.WARNING : Severity.NOTICE;
        Subject subject = Subject.table(database, lock.qualifiedName());
        return Finding.of(
                        id(),
                        severity,
                        subject,
                        "%s is locked: %s %s ACCESS EXCLUSIVE in a transaction that began %s ago%s."
                                .formatted(
                                        lock.qualifiedName(),
                                        lock.pid()
                                                .map(pid -> "process " + pid + who(lock))
                                                .orElse("a prepared transaction"),
                                        lock.held() ? "holds" : "awaits",
                                        Units.duration(age),
                                        lock.state().map(state -> " and is " + state).orElse("")),
                        "Until it ends nobody else can read the table, and all who try queue up. The size of the table and the definitions of its indexes could not be read; what is said of them here is of its last VACUUM or ANALYZE.",
                        List.of(
                                Measure.against(
                                        "age of the transaction",
                                        age.toMillis() / 1000.0,
                                        Quantity.SECONDS,
                                        (double) SHORT.toSeconds()),
                                Measure.of("others who await it", others, Quantity.COUNT)))
                .with(
                        new ByHand(
                                subject,
                                "Find out what that session is doing"
                                        + lock.query()
                                                .map(query -> " (" + brief(query) + ")")
                                                .orElse("")
                                        + "; ending it rolls its transaction back.",
                                lock.pid().stream()
                                        .map(pid ->
                                                "SELECT pg_catalog.pg_terminate_backend("
                                                        + pid
                                                        + ")")
                                        .toList()));
    }

    private static String who(TableLockFact lock) {
        return lock.role().map(role -> " of " + role).orElse("")
                + lock.applicationName()
                        .filter(name -> !name.isEmpty())
                        .map(name -> " (" + name + ")")
                        .orElse("");
    }

    private static String brief(String query) {
        String line = query.strip().replaceAll("\\s+", " ");
        return line.length() <= 120 ? line : line.substring(0, 117) + "...";
    }
}
