package org.howdah.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;

/** The statements that build an index again as it is now, without blocking writes. */
final class IndexRecreation {
    private static final String CHILDREN =
            """
            SELECT n.nspname, c.relname
              FROM pg_catalog.pg_inherits h
              JOIN pg_catalog.pg_class c ON c.oid = h.inhrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
             WHERE h.inhparent = ?::bigint::oid
             ORDER BY n.nspname, c.relname
            """;

    private IndexRecreation() {}

    static List<String> statements(Session session, QualifiedName index) {
        List<String> statements = new ArrayList<>();
        add(session, index, UnaryOperator.identity(), statements);
        return List.copyOf(statements);
    }

    /**
     * What drops a partitioned index and leaves those that it was given to hold: each is built
     * again beside itself first, since an attached index goes with the one that it is attached to;
     * then, in one transaction, all are dropped and the new ones get the names.
     */
    static List<String> releasing(
            Session session, QualifiedName index, List<QualifiedName> adopted) {
        List<String> statements = new ArrayList<>();
        List<String> exchange = new ArrayList<>();
        exchange.add(RemedySql.dropIndex(index, true));
        for (QualifiedName each : adopted) {
            add(session, each, IndexNames::beside, statements);
            rename(session, each, exchange);
        }
        statements.add(String.join("; ", exchange));
        return List.copyOf(statements);
    }

    private static void rename(Session session, QualifiedName index, List<String> statements) {
        statements.add(
                "ALTER INDEX IF EXISTS %s RENAME TO %s"
                        .formatted(
                                IndexNames.beside(index).sql(), QualifiedName.quote(index.name())));
        IndexState.find(session, index)
                .ifPresent(state ->
                        children(session, state.oid())
                                .forEach(child -> rename(session, child, statements)));
    }

    private static void add(
            Session session,
            QualifiedName index,
            UnaryOperator<QualifiedName> name,
            List<String> statements) {
        IndexState.find(session, index)
                .ifPresent(state -> {
                    String definition =
                            RemedySql.named(withTablespace(state), name.apply(index).name());
                    if (!state.partitioned()) {
                        statements.add(RemedySql.concurrently(definition));
                        return;
                    }
                    // As the server gives it: ON ONLY the partitioned table.
                    statements.add(definition);
                    for (QualifiedName child : children(session, state.oid())) {
                        add(session, child, name, statements);
                        statements.add(
                                "ALTER INDEX %s ATTACH PARTITION %s"
                                        .formatted(
                                                name.apply(index).sql(), name.apply(child).sql()));
                    }
                });
    }

    private static List<QualifiedName> children(Session session, long index) {
        return session.query(
                CHILDREN, row -> new QualifiedName(row.getString(1), row.getString(2)), index);
    }

    /** The server's text of a definition leaves the tablespace out; it belongs before WHERE. */
    private static String withTablespace(IndexState state) {
        if (state.tablespace().isEmpty()) {
            return state.definition();
        }
        String clause = " TABLESPACE " + QualifiedName.quote(state.tablespace().get());
        String where = state.predicate().map(condition -> " WHERE " + condition).orElse("");
        String definition = state.definition();
        return definition.endsWith(where)
                ? definition.substring(0, definition.length() - where.length()) + clause + where
                : definition;
    }
}
