package org.howdah.remedy;

import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;

/**
 * Finds what runners have left that were killed: their journal entries become INTERRUPTED, their
 * server processes, which do not notice, are ended, and the indexes that they did not finish are
 * removed, each removal a remedy of its own in the journal.
 */
final class Recovery {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMillis(50);

    // Only our own: the same process, started at the same time, under our name.
    private static final String ORPHAN =
            """
            SELECT pid
              FROM pg_catalog.pg_stat_activity
             WHERE pid = ? AND application_name = 'howdah/remedy'
               AND pg_catalog.date_trunc('milliseconds', backend_start) = pg_catalog.date_trunc('milliseconds', ?::timestamptz)
            """;

    private final RunContext context;

    Recovery(RunContext context) {
        this.context = context;
    }

    List<RemedyOutcome> mend() {
        List<RemedyOutcome> outcomes = new ArrayList<>();
        for (Journal.Unfinished entry :
                context.journal().interrupt(context.process(), context.target().cluster())) {
            outcomes.addAll(mend(entry));
        }
        return outcomes;
    }

    private List<RemedyOutcome> mend(Journal.Unfinished entry) {
        List<DropIndex> drops;
        try (Session session =
                Session.open(
                        context.target().of(entry.database()),
                        new SessionOptions(
                                "remedy",
                                true,
                                Duration.ofSeconds(5),
                                Duration.ofMillis(100),
                                Duration.ofSeconds(30)))) {
            if (!endOrphan(session, entry)) {
                return List.of();
            }
            if (holdsOthers(session, entry)) {
                if (isComplete(session, entry)) {
                    context.journal().finished(entry.id());
                } else {
                    context.journal()
                            .mended(
                                    entry.id(),
                                    "what it made stays, since it holds indexes that were there before");
                }
                return List.of();
            }
            drops = leftovers(session, entry);
        } catch (HowdahException unreachable) {
            if (unreachable.code().equals("connect-no-database")) {
                context.journal().mended(entry.id(), "its database is gone");
                return List.of();
            }
            context.listener()
                    .waiting(
                            "entry "
                                    + entry.id()
                                    + " cannot be mended: "
                                    + unreachable.getMessage());
            return List.of();
        }
        List<RemedyOutcome> outcomes = drops.stream().map(drop -> drop(entry, drop)).toList();
        if (outcomes.stream().allMatch(outcome -> outcome.state() == RemedyState.DONE)) {
            context.journal().mended(entry.id(), what(drops));
        }
        return outcomes;
    }

    private static String what(List<DropIndex> drops) {
        return drops.isEmpty()
                ? "no index is left that is surely its own"
                : "removed what it left: "
                        + drops.stream()
                                .map(drop -> drop.index().toString())
                                .collect(Collectors.joining(", "));
    }

    /** Whether none of its server processes is left. */
    private static boolean endOrphan(Session session, Journal.Unfinished entry) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<Integer> orphans =
                    session.query(
                            ORPHAN,
                            row -> row.getInt(1),
                            entry.backendPid(),
                            Timestamp.from(entry.backendStarted()));
            if (orphans.isEmpty()) {
                return true;
            }
            if (System.nanoTime() > deadline) {
                return false;
            }
            session.query(
                    "SELECT pg_catalog.pg_terminate_backend(?)",
                    row -> row.getBoolean(1),
                    orphans.getFirst());
            StopSignal.pause(PAUSE);
        }
    }

    /**
     * Whether what it made holds indexes that were there before, which would go with it: they are
     * attached at the very end, all at once, and then it is complete.
     */
    private static boolean holdsOthers(Session session, Journal.Unfinished entry) {
        return entry.adopts().stream()
                .flatMap(sql -> name(session, sql).stream())
                .flatMap(index -> IndexState.find(session, index).stream())
                .anyMatch(IndexState::attached);
    }

    private static boolean isComplete(Session session, Journal.Unfinished entry) {
        return entry.makes().stream()
                .findFirst()
                .map(MadeName::parse)
                .flatMap(made -> name(session, made.sql()))
                .flatMap(index -> IndexState.find(session, index))
                .filter(IndexState::valid)
                .isPresent();
    }

    private static List<DropIndex> leftovers(Session session, Journal.Unfinished entry) {
        boolean unproven = entry.kind().equals("create-index");
        Stream<DropIndex> made =
                entry.makes().stream()
                        .map(MadeName::parse)
                        .flatMap(name -> ofOurs(session, entry, name, unproven).stream());
        Stream<DropIndex> rebuilt =
                entry.kind().equals("reindex")
                        ? entry.tableName().stream()
                                .flatMap(sql -> name(session, sql).stream())
                                .flatMap(table -> TableFact.find(session, table).stream())
                                .flatMap(table ->
                                        Leftovers.ofRebuilds(session, table.oid()).stream())
                                .flatMap(copy -> leftover(session, entry, copy).stream())
                        : Stream.empty();
        return Stream.concat(made, rebuilt).distinct().toList();
    }

    /**
     * What is surely ours: by its oid, or, where the process did not live to see it, an unfinished
     * one of that name on the table of the remedy. A valid one may be somebody else's.
     */
    private static Optional<DropIndex> ofOurs(
            Session session, Journal.Unfinished entry, MadeName made, boolean unproven) {
        Optional<QualifiedName> index = name(session, made.sql());
        Optional<IndexState> found = index.flatMap(name -> IndexState.find(session, name));
        if (index.isEmpty() || found.isEmpty() || found.get().attached()) {
            return Optional.empty();
        }
        IndexState state = found.get();
        boolean ours =
                made.oid().isPresent()
                        ? made.oid().getAsLong() == state.oid() && (unproven || !state.valid())
                        : !state.valid() && isOfTable(session, entry, state.tableOid());
        // A partitioned index only lacks partitions: the other reason would let it stay.
        boolean known = state.partitioned() || (unproven && made.oid().isPresent());
        return ours
                ? Optional.of(
                        drop(
                                entry,
                                index.get(),
                                state,
                                known ? DropIndex.Reason.UNPROVEN : DropIndex.Reason.INVALID))
                : Optional.empty();
    }

    private static boolean isOfTable(Session session, Journal.Unfinished entry, long table) {
        return entry.tableName().isPresent()
                && session.one(
                        """
                        SELECT coalesce(t.root::oid = ?::bigint::oid, false)
                               OR ?::bigint::oid IN (SELECT relid FROM pg_catalog.pg_partition_tree(t.root))
                          FROM (SELECT pg_catalog.to_regclass(?) AS root) t
                        """,
                        row -> row.getBoolean(1),
                        table,
                        table,
                        entry.tableName().get());
    }

    private static Optional<DropIndex> leftover(
            Session session, Journal.Unfinished entry, QualifiedName index) {
        return IndexState.find(session, index)
                .filter(state -> !state.attached() && !state.valid())
                .map(state -> drop(entry, index, state, DropIndex.Reason.INVALID));
    }

    private static DropIndex drop(
            Journal.Unfinished entry,
            QualifiedName index,
            IndexState state,
            DropIndex.Reason reason) {
        return new DropIndex(
                entry.database(),
                new IndexTree(index, state.partitioned(), state.definition(), List.of()),
                reason);
    }

    private static Optional<QualifiedName> name(Session session, String sql) {
        return session
                .query(
                        """
                        SELECT n.nspname, c.relname
                          FROM pg_catalog.pg_class c
                          JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                         WHERE c.oid = pg_catalog.to_regclass(?)
                        """,
                        row -> new QualifiedName(row.getString(1), row.getString(2)),
                        sql)
                .stream()
                .findFirst();
    }

    private RemedyOutcome drop(Journal.Unfinished entry, DropIndex drop) {
        PlannedRemedy planned = new PlannedRemedy(drop, List.of());
        context.listener().started(planned, 1, 1);
        RemedyOutcome outcome =
                new JobRun(
                                context,
                                Job.of(
                                        context.target().cluster(),
                                        planned,
                                        "recovery of entry " + entry.id()))
                        .run()
                        .outcome(planned);
        context.listener().ended(outcome);
        return outcome;
    }
}
