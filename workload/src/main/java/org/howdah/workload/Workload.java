package org.howdah.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A mix of transactions, kept in a file so that it can be read and changed; {@code mcp.yaml} is the
 * one that comes with Howdah and describes the format.
 */
public record Workload(String name, List<Transaction> transactions) {

    public Workload {
        transactions = List.copyOf(transactions);
    }

    /** The security platform. */
    public static Workload mcp() {
        try (InputStream file = Workload.class.getResourceAsStream("mcp.yaml")) {
            if (file == null) {
                throw new IllegalStateException("mcp.yaml is not in the jar");
            }
            return WorkloadFile.parse("mcp.yaml", file.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * A workload of the user's own.
     *
     * @throws WorkloadException where the file cannot be read or something in it is wrong
     */
    public static Workload read(Path file) {
        try {
            return WorkloadFile.parse(file.toString(), Files.readAllBytes(file));
        } catch (IOException failure) {
            throw WorkloadException.file(
                    file.toString(),
                    "cannot be read.",
                    failure.getClass().getSimpleName() + ": " + failure.getMessage());
        }
    }

    /** Picks a transaction's position in {@link #transactions()} by weight. */
    Weighted<Integer> positions() {
        Map<Integer, Double> weights =
                IntStream.range(0, transactions.size())
                        .boxed()
                        .collect(
                                Collectors.toMap(
                                        position -> position,
                                        position -> transactions.get(position).weight(),
                                        (left, right) -> left,
                                        TreeMap::new));
        return new Weighted<>(weights);
    }
}
