package org.howdah.remedy;

import java.util.List;
import org.howdah.postgres.QualifiedName;

/**
 * A new index, built without blocking writes; on a partitioned table ON ONLY the parent, then
 * concurrently on each partition, then attached.
 *
 * @param definition everything behind the table's name: {@code USING btree (user_id, created_at)
 *     WHERE ...}
 * @param proof the statements whose plans must use it afterwards; it is dropped again where none
 *     does
 */
public record CreateIndex(
        String database,
        QualifiedName table,
        QualifiedName index,
        boolean unique,
        String definition,
        List<Proof> proof,
        Cost cost)
        implements Remedy {
    public CreateIndex {
        proof = List.copyOf(proof);
    }

    @Override
    public Subject subject() {
        return Subject.index(database, index);
    }

    @Override
    public List<String> statements() {
        return List.of(RemedySql.createIndex(this));
    }

    @Override
    public Lock lock() {
        return Lock.throughout(LockMode.SHARE_UPDATE_EXCLUSIVE);
    }

    @Override
    public List<String> undo() {
        return List.of("DROP INDEX CONCURRENTLY IF EXISTS " + index.sql());
    }

    @Override
    public String kind() {
        return "create-index";
    }
}
