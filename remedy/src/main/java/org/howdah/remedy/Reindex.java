package org.howdah.remedy;

import java.util.List;
import java.util.Optional;
import org.howdah.postgres.QualifiedName;

/** Rebuilds an index without blocking writes. */
public record Reindex(String database, QualifiedName index, Cost cost) implements Remedy {
    @Override
    public Subject subject() {
        return Subject.index(database, index);
    }

    @Override
    public List<String> statements() {
        return List.of("REINDEX INDEX CONCURRENTLY " + index.sql());
    }

    @Override
    public Lock lock() {
        return Lock.throughout(LockMode.SHARE_UPDATE_EXCLUSIVE);
    }

    @Override
    public Optional<Aim> aim() {
        return Optional.of(Aims.indexBytes(index));
    }

    @Override
    public String kind() {
        return "reindex";
    }
}
