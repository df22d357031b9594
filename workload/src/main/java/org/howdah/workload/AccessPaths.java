package org.howdah.workload;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

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
                        collect(
                                statements.transaction(i).name(),
                                plan(client.connection(request), sql),
                                1.0 / samples,
                                accesses);
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

    private static JsonNode plan(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("EXPLAIN (FORMAT JSON) " + sql)) {
            row.next();
            return JsonMapper.builder().build().readTree(row.getString(1)).path(0).path("Plan");
        }
    }

    private static void collect(
            String transaction, JsonNode node, double share, List<Access> accesses) {
        String type = node.path("Node Type").asString("");
        boolean byIndex =
                type.equals("Index Scan")
                        || type.equals("Index Only Scan")
                        || type.equals("Bitmap Heap Scan");
        if (byIndex || type.equals("Seq Scan") || type.equals("Sample Scan")) {
            String table = node.path("Relation Name").asString("");
            accesses.add(new Access(transaction, type, table, byIndex, share));
        }
        for (JsonNode child : node.path("Plans")) {
            collect(transaction, child, share, accesses);
        }
    }
}
