package org.howdah.remedy;

import java.util.List;
import java.util.Optional;

/**
 * A change that can be made to a cluster: the exact statements, the lock they take, what they cost,
 * how to undo them and the measure that must improve. Only the {@link RemedyRunner} makes it.
 */
public sealed interface Remedy
        permits Analyze,
                ByHand,
                CreateIndex,
                DropIndex,
                Reindex,
                SetSetting,
                SetTableOptions,
                Vacuum {
    Subject subject();

    /** The database in which it is made; empty where it belongs to the whole cluster. */
    String database();

    /** The exact statements, in order, each run by itself. */
    List<String> statements();

    Lock lock();

    default Cost cost() {
        return Cost.NOTHING;
    }

    /**
     * The statements that take the change back; empty where nothing has to be or can be taken back.
     */
    default List<String> undo() {
        return List.of();
    }

    default Optional<Aim> aim() {
        return Optional.empty();
    }

    /** The kind's name in policies and the journal: {@code vacuum}, {@code create-index}. */
    String kind();
}
