package org.howdah.cluster;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.Hardware;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;

/** Reads the facts of all nodes of a cluster at once, each over one guarded session of its own. */
public final class ClusterReader {
    /** What became of one node: its facts, or why there are none. */
    private sealed interface Attempt {
        record Read(Dsn dsn, Catalog catalog) implements Attempt {}

        record Failed(Dsn dsn, HowdahException failure) implements Attempt {}
    }

    private final SessionOptions options;
    private final Hardware given;

    public ClusterReader(SessionOptions options) {
        this(options, Hardware.unknown());
    }

    /**
     * @param given what the user says of the machines of the nodes, which SQL does not show
     */
    public ClusterReader(SessionOptions options, Hardware given) {
        this.options = options;
        this.given = given;
    }

    /**
     * Reads every node; one that cannot be read is named in the result, unless none can be.
     *
     * @throws HowdahException what the first node failed with, where no node could be read
     */
    public ClusterFacts read(String cluster, List<Dsn> nodes) {
        if (nodes.isEmpty()) {
            throw new HowdahException(
                    "cluster-empty",
                    "The cluster " + cluster + " has no nodes",
                    "Name at least one connection string",
                    ExitCode.USAGE);
        }
        List<Attempt> attempts = attemptAll(nodes);
        List<Catalog> read =
                attempts.stream()
                        .filter(Attempt.Read.class::isInstance)
                        .map(attempt -> ((Attempt.Read) attempt).catalog())
                        .sorted(Comparator.comparing(Catalog::inRecovery))
                        .toList();
        List<Attempt.Failed> failed =
                attempts.stream()
                        .filter(Attempt.Failed.class::isInstance)
                        .map(Attempt.Failed.class::cast)
                        .toList();
        if (read.isEmpty()) {
            throw failed.getFirst().failure();
        }
        refuseTwoWriters(cluster, read);
        return new ClusterFacts(
                cluster,
                read.getFirst(),
                read.subList(1, read.size()),
                failed.stream()
                        .map(attempt -> attempt.failure().getMessage())
                        .map(String::valueOf)
                        .toList());
    }

    private List<Attempt> attemptAll(List<Dsn> nodes) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Attempt>> futures = new ArrayList<>();
            nodes.forEach(node -> futures.add(threads.submit(() -> attempt(node))));
            List<Attempt> attempts = new ArrayList<>();
            for (Future<Attempt> future : futures) {
                attempts.add(future.get());
            }
            return attempts;
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new HowdahException(
                    "interrupted",
                    "Reading the cluster was interrupted",
                    "Run it again",
                    ExitCode.FAILED,
                    interrupted);
        }
    }

    private Attempt attempt(Dsn node) {
        try (Session session = Session.open(node, options)) {
            return new Attempt.Read(node, Catalog.read(session, given));
        } catch (HowdahException failure) {
            return new Attempt.Failed(node, failure);
        }
    }

    private static void refuseTwoWriters(String cluster, List<Catalog> read) {
        if (read.size() > 1 && !read.get(1).inRecovery()) {
            throw new HowdahException(
                    "cluster-two-writers",
                    "%s and %s both accept writes, so they are not one cluster (%s)"
                            .formatted(read.get(0).node(), read.get(1).node(), cluster),
                    "Check them one at a time, or find out which one should not be a writer",
                    ExitCode.USAGE);
        }
    }
}
