package org.howdah.proxy;

import java.util.List;
import org.howdah.wire.Column;

/**
 * One command of the console. It runs on a virtual thread and may wait; what belongs to a loop it
 * asks that loop for.
 */
interface ConsoleCommand {

    /** The columns of its answer; none for commands that answer without rows. */
    default List<Column> columns() {
        return List.of();
    }

    /** Whether those who may only look may use it. */
    default boolean looksOnly() {
        return false;
    }

    /** Does it, and answers with the tag of its CommandComplete. */
    String run(ConsoleRequest request, ConsoleTable table, ConsoleSession session)
            throws ConsoleException, InterruptedException;
}
