package org.howdah.proxy;

import java.util.List;
import org.howdah.wire.Column;

/** SHOW FDS: refused; it would be for a process that takes the sockets over, which is not done. */
record ShowFds() implements Show {

    @Override
    public List<Column> columns() {
        return List.of(Column.int4("fd"), Column.text("task"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) throws ConsoleException {
        throw ConsoleException.state(
                "sockets are not handed over to another process",
                "For a restart without downtime start a second proxy with so_reuseport = 1,"
                        + " then SHUTDOWN WAIT_FOR_CLIENTS here; SHOW SOCKETS lists connections");
    }
}
