package org.howdah.sql;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Prints how long it takes to classify and to fingerprint some statements, and what is allocated
 * meanwhile; docs/performance.md tells how to run it. The figure of a statement is the best of
 * {@value #ROUNDS} rounds in processor time, since other work on the machine can only add to it.
 */
final class ClassifierSpeed {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final int ROUNDS = 15;
    private static final long ROUND_NANOS = 100_000_000;

    private static final List<String> STATEMENTS =
            List.of(
                    "SELECT 1",
                    "SELECT id, email, name FROM app.users WHERE id = $1",
                    "SELECT * FROM app.orders WHERE customer = $1 AND state IN ('new', 'paid') ORDER BY created DESC LIMIT 20",
                    "UPDATE app.accounts SET balance = balance - $1, changed = now() WHERE id = $2",
                    "WITH moved AS (DELETE FROM app.inbox WHERE read RETURNING *) INSERT INTO app.archive SELECT * FROM moved",
                    "SELECT o.id, c.name, sum(i.price * i.amount) AS total FROM app.orders AS o JOIN app.customers AS c ON c.id ="
                            + " o.customer JOIN app.items AS i ON i.orders = o.id LEFT JOIN app.discounts AS d ON d.customer = c.id AND"
                            + " d.until > now() WHERE o.created BETWEEN '2026-01-01' AND '2026-02-01' AND c.country = 'NZ' AND NOT"
                            + " o.cancelled GROUP BY o.id, c.name HAVING sum(i.price * i.amount) > 100 ORDER BY total DESC LIMIT 50");

    private ClassifierSpeed() {}

    static void main() {
        System.out.printf(
                Locale.ROOT,
                "%5s  %11s  %14s  %5s  %s%n",
                "bytes",
                "classify ns",
                "fingerprint ns",
                "alloc",
                "statement");
        for (String sql : STATEMENTS) {
            byte[] bytes = sql.getBytes(StandardCharsets.UTF_8);
            var classifier = new Classifier();
            var normalizer = new Normalizer();
            Measured classified =
                    best(() -> classifier.whole(bytes, 0, bytes.length).kind().hashCode());
            Measured fingerprinted =
                    best(() -> (int) normalizer.read(bytes, 0, bytes.length).value());
            System.out.printf(
                    Locale.ROOT,
                    "%5d  %11.0f  %14.0f  %5.1f  %s%n",
                    bytes.length,
                    classified.nanos(),
                    fingerprinted.nanos(),
                    classified.bytes() + fingerprinted.bytes(),
                    sql.length() > 60 ? sql.substring(0, 60) + "..." : sql);
        }
    }

    /** Nanoseconds and allocated bytes for each call. */
    private record Measured(double nanos, double bytes) {}

    private interface Work {
        int run();
    }

    private static Measured best(Work work) {
        Measured best = new Measured(Double.MAX_VALUE, 0);
        int sink = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long calls = 0;
            long allocated = allocatedBytes();
            long start = THREADS.getCurrentThreadCpuTime();
            long elapsed = 0;
            while (elapsed < ROUND_NANOS) {
                for (int i = 0; i < 1000; i++) {
                    sink += work.run();
                }
                calls += 1000;
                elapsed = THREADS.getCurrentThreadCpuTime() - start;
            }
            double nanos = (double) elapsed / calls;
            if (nanos < best.nanos()) {
                best = new Measured(nanos, (double) (allocatedBytes() - allocated) / calls);
            }
        }
        // Read the result, so that the work cannot be left out.
        if (sink == 42) {
            System.out.print("");
        }
        return best;
    }

    static long allocatedBytes() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean())
                .getCurrentThreadAllocatedBytes();
    }
}
