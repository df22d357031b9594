package org.howdah.proxy;

import java.util.List;
import java.util.stream.Collectors;
import org.howdah.wire.Column;

/** SHOW PINS: clients that keep their server connection beyond their transactions, and why. */
record ShowPins(Proxy proxy) implements Show {

    private static final long SECOND = 1_000_000_000;

    @Override
    public List<Column> columns() {
        return List.of(
                Column.text("database"),
                Column.text("user"),
                Column.int4("client"),
                Column.int4("server_pid"),
                Column.text("reasons"),
                Column.int8("seconds"));
    }

    @Override
    public void fill(ConsoleTable table, ConsoleSession session) {
        long now = System.nanoTime();
        for (Client client : proxy.clientTable().all()) {
            Pins.state(client)
                    .ifPresent(pin ->
                            table.row()
                                    .text(pin.pool().database())
                                    .text(pin.pool().user())
                                    .number(pin.client())
                                    .number(pin.serverProcess())
                                    .text(
                                            pin.reasons().stream()
                                                    .sorted()
                                                    .map(Pin::reason)
                                                    .collect(Collectors.joining(", ")))
                                    .number((now - pin.since()) / SECOND));
        }
    }
}
