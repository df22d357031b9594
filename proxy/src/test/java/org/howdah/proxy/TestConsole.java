package org.howdah.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.wire.BackendType;
import org.howdah.wire.Column;
import org.howdah.wire.CommandComplete;
import org.howdah.wire.Credentials;
import org.howdah.wire.DataRow;
import org.howdah.wire.Diagnostic;
import org.howdah.wire.Frame;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.Query;
import org.howdah.wire.RowDescription;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.WireClient;

/** Somebody at the console, who sees every message of the answers. */
record TestConsole(WireClient client) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What a command was answered. */
    record Answer(
            List<Column> columns,
            List<List<Optional<String>>> rows,
            String tag,
            Optional<Diagnostic> error,
            Optional<Diagnostic> notice) {

        List<String> names() {
            return columns.stream().map(Column::name).toList();
        }

        /** A row by the names of its columns; nulls are left out. */
        List<Map<String, String>> maps() {
            List<Map<String, String>> maps = new ArrayList<>();
            for (List<Optional<String>> row : rows) {
                Map<String, String> map = new HashMap<>();
                for (int i = 0; i < row.size(); i++) {
                    String name = columns.get(i).name();
                    row.get(i).ifPresent(value -> map.put(name, value));
                }
                maps.add(map);
            }
            return maps;
        }

        /** The row whose column has this value. */
        Map<String, String> row(String column, String value) {
            return maps().stream()
                    .filter(row -> value.equals(row.get(column)))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + column + " " + value));
        }
    }

    static TestConsole enter(TestProxy proxy, String user) {
        WireClient client = WireClient.connect(proxy.address(), PATIENCE);
        return new TestConsole(
                client.login(
                        StartupMessage.of(ProtocolVersion.V3_0, user, "pgbouncer"),
                        Credentials.none()));
    }

    Answer run(String command) {
        client.send(out -> new Query(command).writeTo(out));
        return answer();
    }

    /** The rest of an answer, to its ReadyForQuery. */
    Answer answer() {
        List<Column> columns = List.of();
        List<List<Optional<String>>> rows = new ArrayList<>();
        String tag = "";
        Optional<Diagnostic> error = Optional.empty();
        Optional<Diagnostic> notice = Optional.empty();
        while (true) {
            Frame frame = client.receive();
            switch (frame.type()) {
                case BackendType.ROW_DESCRIPTION ->
                        columns = frame.as(RowDescription::parseFrom).columns();
                case BackendType.DATA_ROW -> rows.add(frame.as(DataRow::parseFrom).values());
                case BackendType.COMMAND_COMPLETE ->
                        tag = frame.as(CommandComplete::parseFrom).tag();
                case BackendType.ERROR_RESPONSE -> error = Optional.of(frame.diagnostic());
                case BackendType.NOTICE_RESPONSE -> notice = Optional.of(frame.diagnostic());
                case BackendType.READY_FOR_QUERY -> {
                    return new Answer(columns, rows, tag, error, notice);
                }
                default -> throw new AssertionError("unexpected " + (char) frame.type());
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
