package org.howdah.workload;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.postgres.Plan;
import org.howdah.postgres.PlanNode;
import org.howdah.postgres.QualifiedName;

/**
 * How the plans of a workload's statements reach their tables: a node that reads a table by an
 * index (index scan, index-only scan, bitmap heap scan) or goes through all of it. Weighted with
 * the calls of each statement this tells what share of table accesses uses an index, which the
 * counters in {@code pg_stat_user_tables} do not: they count every loop of an inner index scan.
 */
public final class AccessPaths {

    /**
     * A node of a plan that reads a table.
     *
     * @param share of the sampled plans that have it
     */
    public record Access(
            String transaction, String node, String table, boolean byIndex, double share) {}

    private final Statements statements;
    private final Requests requests;

    public AccessPaths(Workload workload, Population population, Names names, long seed) {
        this.statements = new Statements(workload, names);
        this.requests = new Requests(workload, population, seed);
    }

    /** Explains so many requests of each transaction, where they would run. */
    public List<Access> explain(
            int samples, ConnectionSource writer, Optional<ConnectionSource> reader) {
        List<Access> accesses = new ArrayList<>();
        try (Client client = new Client(statements, writer, reader)) {
            for (int i = 0; i < statements.workload().transactions().size(); i++) {
                for (int sample = 0; sample < samples; sample++) {
                    Request request = requests.probe(i, sample);
                    for (String sql : statements.literal(request)) {
                        String name = statements.transaction(i).name();
                        double share = 1.0 / samples;
                        plan(client.connection(request), sql).tableReads().stream()
                                .map(node -> access(name, node, share))
                                .forEach(accesses::add);
                    }
                }
            }
        } catch (SQLException failure) {
            throw WorkloadException.statement("EXPLAIN", failure);
        }
        return accesses;
    }

    /** The share of accesses by index, 0 to 1, where each transaction is called so often. */
    public static double indexShare(List<Access> accesses, Map<String, Long> calls) {
        double all = 0;
        double byIndex = 0;
        for (Access access : accesses) {
            double weight = access.share() * calls.getOrDefault(access.transaction(), 0L);
            all += weight;
            byIndex += access.byIndex() ? weight : 0;
        }
        return all == 0 ? 1 : byIndex / all;
    }

    private static Plan plan(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("EXPLAIN (FORMAT JSON) " + sql)) {
            row.next();
            return Plan.parse(row.getString(1));
        }
    }

    private static Access access(String transaction, PlanNode node, double share) {
        return new Access(
                transaction,
                node.type(),
                node.relation().map(QualifiedName::name).orElse(""),
                node.access() == PlanNode.Access.INDEX,
                share);
    }
}
