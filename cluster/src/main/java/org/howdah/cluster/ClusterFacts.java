package org.howdah.cluster;

import java.util.List;
import java.util.stream.Stream;
import org.howdah.postgres.Catalog;

/**
 * The facts of all nodes of a cluster that could be read.
 *
 * @param main the writer; where only readers were given, the first of them
 * @param readers the other nodes
 * @param unreachable one sentence for each node that was named and could not be read
 */
public record ClusterFacts(
        String cluster, Catalog main, List<Catalog> readers, List<String> unreachable) {
    public ClusterFacts {
        readers = List.copyOf(readers);
        unreachable = List.copyOf(unreachable);
    }

    public static ClusterFacts of(Catalog main) {
        return new ClusterFacts(main.node(), main, List.of(), List.of());
    }

    public Stream<Catalog> nodes() {
        return Stream.concat(Stream.of(main), readers.stream());
    }
}
