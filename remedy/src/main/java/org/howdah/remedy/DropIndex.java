package org.howdah.remedy;

import java.util.List;
import org.howdah.postgres.QualifiedName;

/**
 * Drops an index without blocking anyone; a partitioned one, which the server cannot drop
 * concurrently, in a moment in which nobody uses the table or any of its partitions.
 *
 * @param tree the index with its definition, for the undo
 */
public record DropIndex(String database, IndexTree tree, Reason reason) implements Remedy {
    public enum Reason {
        /** No scan has used it for long. */
        UNUSED,
        /** Another index is the same. */
        DUPLICATE,
        /** Another index begins with its columns. */
        REDUNDANT,
        /** Left behind by a build that failed or was interrupted. */
        INVALID,
        /** Built by a run of ours that ended before any plan was seen to use it. */
        UNPROVEN;

        public boolean isLeftover() {
            return this == INVALID || this == UNPROVEN;
        }
    }

    /** Of one that is not partitioned. */
    public DropIndex(String database, QualifiedName index, String definition, Reason reason) {
        this(database, IndexTree.plain(index, definition), reason);
    }

    public QualifiedName index() {
        return tree.index();
    }

    /** The index's whole CREATE INDEX statement. */
    public String definition() {
        return tree.definition();
    }

    @Override
    public Subject subject() {
        return Subject.index(database, index());
    }

    @Override
    public List<String> statements() {
        return List.of("DROP INDEX " + (tree.partitioned() ? "" : "CONCURRENTLY ") + index().sql());
    }

    @Override
    public Lock lock() {
        return tree.partitioned()
                ? Lock.brief(LockMode.ACCESS_EXCLUSIVE)
                : Lock.throughout(LockMode.SHARE_UPDATE_EXCLUSIVE);
    }

    @Override
    public List<String> undo() {
        return reason.isLeftover() ? List.of() : tree.creation();
    }

    @Override
    public String kind() {
        return "drop-index";
    }
}
