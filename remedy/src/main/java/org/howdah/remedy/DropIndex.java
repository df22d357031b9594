package org.howdah.remedy;

import java.util.List;
import org.howdah.postgres.QualifiedName;

/**
 * Drops an index without blocking anyone.
 *
 * @param definition the index's whole CREATE INDEX statement, for the undo
 */
public record DropIndex(String database, QualifiedName index, String definition, Reason reason)
        implements Remedy {
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

    @Override
    public Subject subject() {
        return Subject.index(database, index);
    }

    @Override
    public List<String> statements() {
        return List.of("DROP INDEX CONCURRENTLY " + index.sql());
    }

    @Override
    public Lock lock() {
        return Lock.throughout(LockMode.SHARE_UPDATE_EXCLUSIVE);
    }

    @Override
    public List<String> undo() {
        return reason == Reason.INVALID ? List.of() : List.of(RemedySql.concurrently(definition));
    }

    @Override
    public String kind() {
        return "drop-index";
    }
}
