package org.howdah.remedy;

import java.util.List;
import org.howdah.postgres.QualifiedName;

/**
 * A new index, built without blocking writes; on a partitioned table ON ONLY the parent, then
 * concurrently on each partition, then attached.
 *
 * @param tree the table, with the partitions it had when this was proposed
 * @param definition everything behind the table's name: {@code USING btree (user_id, created_at)
 *     WHERE ...}
 * @param proof the statements whose plans must use it afterwards; it is dropped again where none
 *     does
 */
public record CreateIndex(
        String database,
        TableTree tree,
        QualifiedName index,
        boolean unique,
        String definition,
        List<Proof> proof,
        Cost cost)
        implements Remedy {
    public CreateIndex {
        proof = List.copyOf(proof);
    }

    /** On a table that is not partitioned. */
    public CreateIndex(
            String database,
            QualifiedName table,
            QualifiedName index,
            boolean unique,
            String definition,
            List<Proof> proof,
            Cost cost) {
        this(database, TableTree.plain(table), index, unique, definition, proof, cost);
    }

    public QualifiedName table() {
        return tree.table();
    }

    @Override
    public Subject subject() {
        return Subject.index(database, index);
    }

    @Override
    public List<String> statements() {
        return RemedySql.createIndex(this);
    }

    @Override
    public Lock lock() {
        // Attaching locks the partition's new index, which whoever plans a query on it looks at.
        return tree.partitioned()
                ? Lock.brief(LockMode.ACCESS_EXCLUSIVE)
                : Lock.throughout(LockMode.SHARE_UPDATE_EXCLUSIVE);
    }

    @Override
    public List<String> undo() {
        return List.of(RemedySql.dropIndex(index, tree.partitioned()));
    }

    @Override
    public String kind() {
        return "create-index";
    }
}
