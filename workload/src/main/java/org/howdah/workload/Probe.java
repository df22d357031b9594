package org.howdah.workload;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.howdah.report.Progress;
import org.howdah.report.Quantity;

/**
 * Times each transaction by itself: one connection, nothing else running, the same values in every
 * probe with the same seed. What a transaction writes is rolled back, so that a probe before a
 * change and one after it meet the same rows; its commit is not timed.
 */
public final class Probe {

    /**
     * @param meanMicros of the runs, without the one that warms up
     */
    public record Timing(
            String name, Transaction.Kind kind, int runs, double meanMicros, long maxMicros) {}

    private final Statements statements;
    private final Requests requests;

    public Probe(Workload workload, Population population, Names names, long seed) {
        this.statements = new Statements(workload, names);
        this.requests = new Requests(workload, population, seed);
    }

    /** Runs each transaction once to warm up, then so many times. */
    public List<Timing> run(
            int runs,
            ConnectionSource writer,
            Optional<ConnectionSource> reader,
            Progress progress) {
        if (runs < 1) {
            throw new IllegalArgumentException("a probe needs a run");
        }
        List<Transaction> transactions = statements.workload().transactions();
        try (Client client = new Client(statements, writer, reader);
                Progress.Step step =
                        progress.step(
                                "Timing each statement",
                                transactions.size(),
                                Quantity.COUNT,
                                "statements")) {
            List<Timing> timings = new ArrayList<>();
            for (int position = 0; position < transactions.size(); position++) {
                timings.add(time(client, position, runs));
                step.note(transactions.get(position).name());
                step.advance(1);
            }
            return timings;
        }
    }

    /** The one with the highest mean. */
    public static Timing slowest(List<Timing> timings) {
        return timings.stream().max(Comparator.comparingDouble(Timing::meanMicros)).orElseThrow();
    }

    private Timing time(Client client, int position, int runs) {
        Transaction transaction = statements.transaction(position);
        long sum = 0;
        long max = 0;
        try {
            client.rehearse(requests.probe(position, 0));
            for (int run = 0; run < runs; run++) {
                long nanos = client.rehearse(requests.probe(position, run));
                sum += nanos;
                max = Math.max(max, nanos);
            }
        } catch (SQLException failure) {
            throw WorkloadException.statement(transaction.name(), failure);
        }
        return new Timing(
                transaction.name(), transaction.kind(), runs, sum / 1e3 / runs, max / 1_000);
    }
}
