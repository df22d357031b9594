package org.howdah.proxy;

import java.util.List;
import org.howdah.wire.Column;

/** A command that answers with rows and changes nothing. */
interface Show extends ConsoleCommand {

    @Override
    List<Column> columns();

    @Override
    default boolean looksOnly() {
        return true;
    }

    @Override
    default String run(ConsoleRequest request, ConsoleTable table, ConsoleSession session)
            throws ConsoleException, InterruptedException {
        fill(table, session);
        return "SHOW";
    }

    /** Adds the rows. */
    void fill(ConsoleTable table, ConsoleSession session)
            throws ConsoleException, InterruptedException;
}
