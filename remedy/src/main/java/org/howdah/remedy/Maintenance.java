package org.howdah.remedy;

import java.util.List;
import java.util.Optional;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;

/** VACUUM and ANALYZE: nothing is left when they are cancelled, nothing has to be undone. */
record Maintenance(QualifiedName table, List<String> sql) implements Procedure {
    @Override
    public Optional<String> objection(Session session) {
        return TableFact.find(session, table).isEmpty()
                ? Optional.of("the table " + table + " does not exist any more")
                : Optional.empty();
    }

    @Override
    public List<String> undo(Session session) {
        return List.of();
    }

    @Override
    public Effect run(Statements statements) {
        sql.forEach(statements::watchedUnlessSkipped);
        return Effect.done();
    }
}
