package org.howdah.remedy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.howdah.postgres.Explain;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.Plan;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;
import org.howdah.postgres.StatementException;

/** Whether the plans of real statements with real values use a new index. */
final class PlanProof {
    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(200);

    /** A statement whose plan uses it. */
    record Use(Proof proof, double cost) {
        double gain() {
            return proof.costBefore() / Math.max(1e-6, cost);
        }
    }

    /**
     * @param best the use that gains most
     * @param sentence what was found
     */
    record Result(Optional<Use> best, String sentence) {}

    private PlanProof() {}

    /**
     * @param more indexes that will be parts of it
     */
    static Result of(
            Session session,
            QualifiedName table,
            QualifiedName index,
            List<QualifiedName> more,
            List<Proof> proofs) {
        Set<QualifiedName> tree = tree(session, index);
        more.forEach(part -> tree.addAll(tree(session, part)));
        List<Use> uses = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (Proof proof : proofs) {
            try {
                Plan plan = plan(session, proof, table, ATTEMPTS);
                if (plan.indexes().stream().anyMatch(tree::contains)) {
                    uses.add(new Use(proof, plan.cost()));
                }
            } catch (HowdahException failure) {
                failures.add(String.valueOf(failure.getMessage()));
            }
        }
        return result(index, proofs.size(), uses, failures);
    }

    /** Somebody may hold the table for a moment: that says nothing about the index. */
    private static Plan plan(Session session, Proof proof, QualifiedName table, int attempts) {
        try (Explain explain =
                Explain.prepare(session, proof.statement(), searchPath(proof, table))) {
            return explain.plan(proof.values());
        } catch (StatementException failure) {
            if (attempts == 1 || !failure.sqlState().equals("55P03")) {
                throw failure;
            }
        }
        StopSignal.pause(PAUSE);
        return plan(session, proof, table, attempts - 1);
    }

    private static Result result(
            QualifiedName index, int proofs, List<Use> uses, List<String> failures) {
        String failed =
                failures.isEmpty()
                        ? ""
                        : "; %d could not be explained: %s"
                                .formatted(failures.size(), failures.getFirst());
        Optional<Use> best = uses.stream().max(Comparator.comparingDouble(Use::gain));
        String sentence =
                best.map(use ->
                                String.format(
                                        Locale.ROOT,
                                        "%d of %d statements use it; statement %d costs %.0f in place of %.0f",
                                        uses.size(),
                                        proofs,
                                        use.proof().queryId(),
                                        use.cost(),
                                        use.proof().costBefore()))
                        .orElse(
                                "the plan of none of %d statements uses %s"
                                        .formatted(proofs, index));
        return new Result(best, sentence + failed);
    }

    /** The index and, where it is partitioned, those of the partitions: plans name these. */
    private static Set<QualifiedName> tree(Session session, QualifiedName index) {
        Set<QualifiedName> names =
                new HashSet<>(
                        session.query(
                                """
                                SELECT n.nspname, c.relname
                                  FROM pg_catalog.pg_partition_tree(pg_catalog.to_regclass(?)) p
                                  JOIN pg_catalog.pg_class c ON c.oid = p.relid
                                  JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
                                """,
                                row -> new QualifiedName(row.getString(1), row.getString(2)),
                                index.sql()));
        names.add(index);
        return names;
    }

    private static List<String> searchPath(Proof proof, QualifiedName table) {
        return proof.searchPath().isEmpty()
                ? List.of(table.schema(), "public")
                : proof.searchPath();
    }
}
