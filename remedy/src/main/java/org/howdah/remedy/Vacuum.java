package org.howdah.remedy;

import java.util.List;
import java.util.Optional;
import org.howdah.postgres.QualifiedName;

/** VACUUM of one table. */
public record Vacuum(
        String database, QualifiedName table, boolean analyze, boolean freeze, Cost cost)
        implements Remedy {
    @Override
    public Subject subject() {
        return Subject.table(database, table);
    }

    @Override
    public List<String> statements() {
        String options = (freeze ? "FREEZE, " : "") + (analyze ? "ANALYZE, " : "") + "SKIP_LOCKED";
        return List.of("VACUUM (" + options + ") " + table.sql());
    }

    @Override
    public Lock lock() {
        return Lock.throughout(LockMode.SHARE_UPDATE_EXCLUSIVE);
    }

    @Override
    public Optional<Aim> aim() {
        return Optional.of(Aims.deadTuples(table));
    }

    @Override
    public String kind() {
        return "vacuum";
    }
}
