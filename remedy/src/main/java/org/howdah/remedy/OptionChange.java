package org.howdah.remedy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.howdah.postgres.Session;
import org.howdah.remedy.Statements.TableLock;

/** ALTER TABLE ... SET (...). */
final class OptionChange implements Procedure {
    private static final String OPTIONS =
            """
            SELECT o.option_name, o.option_value
              FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace,
                   pg_catalog.pg_options_to_table(c.reloptions) o
             WHERE n.nspname = ? AND c.relname = ?
            """;

    private final SetTableOptions remedy;

    OptionChange(SetTableOptions remedy) {
        this.remedy = remedy;
    }

    @Override
    public Optional<String> objection(Session session) {
        Optional<TableFact> table = TableFact.find(session, remedy.table());
        if (table.isEmpty()) {
            return Optional.of("the table " + remedy.table() + " does not exist any more");
        }
        if (table.get().kind().equals("p")) {
            return Optional.of(
                    remedy.table() + " is partitioned: storage options belong to its partitions");
        }
        return Optional.empty();
    }

    /** From the options as they are now; those in the remedy may be old. */
    @Override
    public List<String> undo(Session session) {
        return RemedySql.restoreOptions(remedy.table(), remedy.options(), current(session));
    }

    private Map<String, String> current(Session session) {
        return session
                .query(
                        OPTIONS,
                        row -> Map.entry(row.getString(1), row.getString(2)),
                        remedy.table().schema(),
                        remedy.table().name())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Override
    public Effect run(Statements statements) {
        Optional<TableFact> table = TableFact.find(statements.watch(), remedy.table());
        Optional<TableLock> lock =
                table.filter(found -> found.kind().equals("r"))
                        .map(_ -> new TableLock(remedy.table().sql(), remedy.lock().mode()));
        for (String sql : remedy.statements()) {
            statements.brief(sql, lock);
        }
        return Effect.done();
    }
}
