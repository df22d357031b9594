package org.howdah.app;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.Hardware;
import org.howdah.postgres.HowdahException;

/** Which clusters a command is about. */
final class Targets {
    /** A cluster: its nodes, and what its owner says of its machines. */
    record Target(String name, List<Dsn> nodes, Hardware hardware) {}

    /**
     * A cluster that is named. Its nodes are worked out only when they are asked for, since each
     * cluster's variables and password commands may fail by themselves.
     */
    record Named(String name, Supplier<Target> resolution) {
        Target target() {
            return resolution.get();
        }
    }

    private final Context context;
    private final Clusters clusters;

    Targets(Context context) {
        this.context = context;
        this.clusters = new Clusters(context.surroundings().environment());
    }

    /**
     * @param given connection strings, or names of clusters in the configuration file
     */
    List<Named> clusters(List<String> given) {
        List<Configuration.ClusterEntry> configured = context.configuration().clusters();
        if (given.isEmpty() && !configured.isEmpty()) {
            return configured.stream().map(this::named).toList();
        }
        if (given.size() == 1) {
            List<Named> named =
                    configured.stream()
                            .filter(cluster -> cluster.name().equals(given.getFirst()))
                            .map(this::named)
                            .toList();
            if (!named.isEmpty()) {
                return named;
            }
        }
        List<Dsn> nodes = clusters.nodes(given.isEmpty() ? List.of("") : given);
        String name = nodes.getFirst().toString();
        return List.of(new Named(name, () -> new Target(name, nodes, Hardware.unknown())));
    }

    /** The same for a command that works on one cluster. */
    Target one(List<String> given) {
        List<Named> targets = clusters(given);
        if (targets.size() > 1) {
            throw new HowdahException(
                    "cluster-ambiguous",
                    "The configuration file has %d clusters".formatted(targets.size()),
                    "Name one of them: "
                            + String.join(", ", targets.stream().map(Named::name).toList()),
                    ExitCode.USAGE);
        }
        return targets.getFirst().target();
    }

    private Named named(Configuration.ClusterEntry cluster) {
        return new Named(cluster.name(), () -> target(cluster));
    }

    private Target target(Configuration.ClusterEntry cluster) {
        Hardware hardware =
                cluster.hardware()
                        .map(given ->
                                Hardware.given(
                                        given.memory()
                                                .map(size -> OptionalLong.of(size.bytes()))
                                                .orElse(OptionalLong.empty()),
                                        given.cpus()
                                                .map(OptionalInt::of)
                                                .orElse(OptionalInt.empty())))
                        .orElseGet(Hardware::unknown);
        return new Target(
                cluster.name(), clusters.nodes(cluster, Clusters.Passwords.FETCHED), hardware);
    }
}
