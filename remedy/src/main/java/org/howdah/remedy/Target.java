package org.howdah.remedy;

import java.util.List;
import org.howdah.postgres.Dsn;

/**
 * The cluster that remedies are run on.
 *
 * @param cluster its name in the journal
 * @param writer how to reach the writer; the database is replaced by each remedy's own
 * @param nodes all its nodes: which of them is the writer may be another at the time of an undo
 */
public record Target(String cluster, Dsn writer, List<Dsn> nodes) {
    public Target {
        nodes = List.copyOf(nodes);
    }

    /** A cluster of one node. */
    public Target(String cluster, Dsn writer) {
        this(cluster, writer, List.of(writer));
    }

    Dsn of(String database) {
        return database.isEmpty() ? writer : writer.withDatabase(database);
    }

    /** How the nodes are reached, for the journal: no secrets. */
    List<String> connections() {
        return nodes.stream().map(Dsn::withoutSecrets).toList();
    }
}
