package org.howdah.remedy;

import java.util.List;
import java.util.Optional;
import org.howdah.postgres.QualifiedName;

/** ANALYZE of one table. */
public record Analyze(String database, QualifiedName table, Cost cost) implements Remedy {
    @Override
    public Subject subject() {
        return Subject.table(database, table);
    }

    @Override
    public List<String> statements() {
        return List.of("ANALYZE (SKIP_LOCKED) " + table.sql());
    }

    @Override
    public Lock lock() {
        return Lock.throughout(LockMode.SHARE_UPDATE_EXCLUSIVE);
    }

    @Override
    public Optional<Aim> aim() {
        return Optional.of(Aims.modifiedSinceAnalyze(table));
    }

    @Override
    public String kind() {
        return "analyze";
    }
}
