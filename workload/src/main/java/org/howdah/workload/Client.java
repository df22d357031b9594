package org.howdah.workload;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * Sends requests over a connection to the writer and, where there is one, a connection to a reader.
 * Statements are prepared once for each connection. One thread uses it; {@link #cancel()} may come
 * from another.
 */
final class Client implements AutoCloseable {
    private final Statements statements;
    private final Link writer;
    private final Optional<Link> reader;

    Client(Statements statements, ConnectionSource writer, Optional<ConnectionSource> reader) {
        this.statements = statements;
        this.writer = new Link(writer);
        this.reader = reader.map(Link::new);
    }

    void connect() throws SQLException {
        writer.connection();
        if (reader.isPresent()) {
            reader.get().connection();
        }
    }

    /** Runs the request and reads all that comes back. */
    void execute(Request request) throws SQLException {
        Link link = link(request);
        List<Placeholders> texts = statements.of(request.position());
        if (texts.size() == 1) {
            link.run(texts.getFirst(), request.values());
        } else {
            link.inTransaction(texts, request.values(), true);
        }
    }

    /** Runs the request and undoes it; returns the nanoseconds that it took without the undoing. */
    long rehearse(Request request) throws SQLException {
        return link(request)
                .inTransaction(statements.of(request.position()), request.values(), false);
    }

    /** The connection on which the request would run. */
    Connection connection(Request request) throws SQLException {
        return link(request).connection();
    }

    /** Ends the statement that is running, if any. */
    void cancel() {
        writer.cancel();
        reader.ifPresent(Link::cancel);
    }

    /** Closes the connections without a word to the server, whatever runs on them. */
    void cut() {
        writer.cut();
        reader.ifPresent(Link::cut);
    }

    /** Drops connections that broke; the next request opens them again. */
    void discardBroken() {
        writer.discardIfBroken();
        reader.ifPresent(Link::discardIfBroken);
    }

    @Override
    public void close() {
        writer.discard();
        reader.ifPresent(Link::discard);
    }

    private Link link(Request request) {
        Transaction.Kind kind = statements.transaction(request.position()).kind();
        return kind == Transaction.Kind.REPORT ? reader.orElse(writer) : writer;
    }

    private static final class Link {
        private final ConnectionSource source;
        private final Map<Placeholders, PreparedStatement> prepared = new HashMap<>();
        private volatile Optional<Connection> current = Optional.empty();

        Link(ConnectionSource source) {
            this.source = source;
        }

        Connection connection() throws SQLException {
            Optional<Connection> open = current;
            if (open.isPresent()) {
                return open.get();
            }
            Connection opened = source.open();
            current = Optional.of(opened);
            return opened;
        }

        long inTransaction(List<Placeholders> texts, Map<String, Value> values, boolean keep)
                throws SQLException {
            Connection connection = connection();
            connection.setAutoCommit(false);
            boolean done = false;
            long start = System.nanoTime();
            try {
                for (Placeholders text : texts) {
                    run(text, values);
                }
                done = keep;
                return System.nanoTime() - start;
            } finally {
                end(connection, done);
            }
        }

        private static void end(Connection connection, boolean commit) throws SQLException {
            if (connection.isClosed()) {
                return;
            }
            if (commit) {
                connection.commit();
            } else {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        }

        void run(Placeholders text, Map<String, Value> values) throws SQLException {
            PreparedStatement statement = prepared.get(text);
            if (statement == null) {
                statement = connection().prepareStatement(text.sql());
                prepared.put(text, statement);
            }
            int position = 1;
            for (String name : text.order()) {
                Value value = values.get(name);
                (value == null ? new Value.None() : value).bind(statement, position++);
            }
            if (statement.execute()) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        // All rows count as read only once they are here.
                    }
                }
            }
        }

        void cancel() {
            current.ifPresent(connection -> {
                try {
                    connection.unwrap(PGConnection.class).cancelQuery();
                } catch (SQLException gone) {
                    // A connection that is gone runs nothing any more.
                }
            });
        }

        void cut() {
            current.ifPresent(connection -> {
                try {
                    connection.abort(Runnable::run);
                } catch (SQLException gone) {
                    // It is cut either way.
                }
            });
        }

        void discardIfBroken() {
            current.ifPresent(connection -> {
                try {
                    if (connection.isClosed()) {
                        discard();
                    }
                } catch (SQLException broken) {
                    discard();
                }
            });
        }

        void discard() {
            prepared.clear();
            current.ifPresent(connection -> {
                try {
                    connection.close();
                } catch (SQLException gone) {
                    // It is closed either way.
                }
            });
            current = Optional.empty();
        }
    }
}
