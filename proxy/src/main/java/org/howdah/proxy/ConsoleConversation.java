package org.howdah.proxy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.wire.BackendType;
import org.howdah.wire.Bind;
import org.howdah.wire.Close;
import org.howdah.wire.Column;
import org.howdah.wire.CommandComplete;
import org.howdah.wire.Describe;
import org.howdah.wire.Execute;
import org.howdah.wire.FrontendType;
import org.howdah.wire.MessageWriter;
import org.howdah.wire.Parse;
import org.howdah.wire.ReadyForQuery;
import org.howdah.wire.RowDescription;
import org.howdah.wire.TransactionStatus;

/**
 * The protocol of the console: statements and portals are commands, parameters there are none.
 * Called by one virtual thread at a time; each method answers what is to be sent.
 */
final class ConsoleConversation {

    private final ConsoleCommands commands;
    private final ConsoleSession session;
    private final Map<String, ConsoleRequest> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();
    private final MessageWriter out = MessageWriter.heap(1024);

    /** After an error everything up to the next Sync is skipped. */
    private boolean failed;

    ConsoleConversation(ConsoleCommands commands, ConsoleSession session) {
        this.commands = commands;
        this.session = session;
    }

    private record Portal(ConsoleRequest request, List<Integer> formats) {}

    byte[] query(String sql) throws InterruptedException {
        out.clear();
        try {
            ConsoleRequest request = ConsoleRequest.parse(sql);
            if (request.command().isEmpty()) {
                out.empty(BackendType.EMPTY_QUERY_RESPONSE);
            } else {
                run(request, List.of(), true);
            }
        } catch (ConsoleException wrong) {
            wrong.diagnostic().writeTo(out);
        }
        ready();
        return out.toByteArray();
    }

    private void run(ConsoleRequest request, List<Integer> formats, boolean describes)
            throws ConsoleException, InterruptedException {
        ConsoleCommand command = commands.find(request);
        if (!command.looksOnly() && !session.admin()) {
            throw ConsoleException.denied();
        }
        ConsoleTable table = new ConsoleTable(command.columns());
        String tag = command.run(request, table, session);
        session.takeNotice().ifPresent(notice -> notice.writeTo(out));
        if (describes && !table.columns().isEmpty()) {
            new RowDescription(table.columns()).writeTo(out);
        }
        new ConsoleRows(table, formats).writeTo(out);
        new CommandComplete(tag).writeTo(out);
    }

    byte[] parse(Parse parse) {
        return unlessFailed(() -> {
            statements.put(parse.name(), ConsoleRequest.parse(parse.sql()));
            out.empty(BackendType.PARSE_COMPLETE);
        });
    }

    byte[] bind(Bind bind) {
        return unlessFailed(() -> {
            if (!bind.parameters().isEmpty()) {
                throw ConsoleException.of(
                        "commands of the console have no parameters",
                        "Write the value into the command");
            }
            portals.put(
                    bind.portal(), new Portal(statement(bind.statement()), bind.resultFormats()));
            out.empty(BackendType.BIND_COMPLETE);
        });
    }

    byte[] describe(Describe describe) {
        return unlessFailed(() -> {
            boolean statement = describe.kind() == FrontendType.STATEMENT;
            Portal portal =
                    statement
                            ? new Portal(statement(describe.name()), List.of())
                            : portal(describe.name());
            if (statement) {
                out.begin(BackendType.PARAMETER_DESCRIPTION).int16(0).end();
            }
            ConsoleRequest request = portal.request();
            List<Column> columns =
                    request.command().isEmpty() ? List.of() : commands.find(request).columns();
            if (columns.isEmpty()) {
                out.empty(BackendType.NO_DATA);
            } else {
                ConsoleRows.description(columns, portal.formats()).writeTo(out);
            }
        });
    }

    byte[] execute(Execute execute) throws InterruptedException {
        return unlessFailed(() -> {
            Portal portal = portal(execute.portal());
            if (portal.request().command().isEmpty()) {
                out.empty(BackendType.EMPTY_QUERY_RESPONSE);
            } else {
                run(portal.request(), portal.formats(), false);
            }
        });
    }

    byte[] close(Close close) {
        return unlessFailed(() -> {
            if (close.kind() == FrontendType.STATEMENT) {
                statements.remove(close.name());
            } else {
                portals.remove(close.name());
            }
            out.empty(BackendType.CLOSE_COMPLETE);
        });
    }

    byte[] sync() {
        out.clear();
        failed = false;
        portals.clear();
        ready();
        return out.toByteArray();
    }

    private void ready() {
        new ReadyForQuery(TransactionStatus.IDLE).writeTo(out);
    }

    private ConsoleRequest statement(String name) throws ConsoleException {
        return Optional.ofNullable(statements.get(name))
                .orElseThrow(() ->
                        ConsoleException.unknown(
                                "there is no prepared statement " + Quoted.of(name),
                                "Parse it first"));
    }

    private Portal portal(String name) throws ConsoleException {
        return Optional.ofNullable(portals.get(name))
                .orElseThrow(() ->
                        ConsoleException.unknown(
                                "there is no portal " + Quoted.of(name), "Bind it first"));
    }

    private byte[] unlessFailed(Part part) {
        out.clear();
        if (failed) {
            return new byte[0];
        }
        try {
            part.say();
        } catch (ConsoleException wrong) {
            failed = true;
            wrong.diagnostic().writeTo(out.clear());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return out.toByteArray();
    }

    /** What is said unless something went wrong before. */
    private interface Part {
        void say() throws ConsoleException, InterruptedException;
    }
}
