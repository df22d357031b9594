package org.howdah.proxy;

import org.howdah.wire.Diagnostic;
import org.howdah.wire.SqlState;

/**
 * An error that the proxy itself gives to a client, after which it closes the connection.
 *
 * @param sqlState of Appendix A of PostgreSQL's manual
 * @param text one sentence
 */
record Refusal(String sqlState, String text) {

    static final Refusal BAD_MESSAGE =
            new Refusal("08P01", "the client sent a message that is malformed or not allowed here");
    static final Refusal SERVER_LOST =
            new Refusal("08006", "the server closed the connection unexpectedly");
    static final Refusal TRANSACTION_IN_STATEMENT_MODE =
            new Refusal(
                    "25000",
                    "transactions of several statements are not allowed in this pool's mode");
    static final Refusal TOO_MANY_CLIENTS =
            new Refusal("53300", "no more connections are allowed (max_client_conn)");
    static final Refusal QUERY_WAIT =
            new Refusal("57014", "no server connection became free in time (query_wait_timeout)");
    static final Refusal CANCELED_WHILE_WAITING =
            new Refusal(SqlState.QUERY_CANCELED, "canceled while waiting for a server connection");
    static final Refusal SERVER_CONNECT =
            new Refusal(
                    SqlState.CONNECTION_FAILURE,
                    "the server did not let the proxy in in time (server_connect_timeout)");
    static final Refusal QUERY_TIMEOUT =
            new Refusal("57014", "the statement took too long (query_timeout)");
    static final Refusal TRANSACTION_TIMEOUT =
            new Refusal("25P04", "the transaction took too long (transaction_timeout)");
    static final Refusal IDLE_TRANSACTION =
            new Refusal(
                    "25P03", "the transaction was idle for too long (idle_transaction_timeout)");
    static final Refusal CLIENT_IDLE =
            new Refusal("57P05", "the client was idle for too long (client_idle_timeout)");
    static final Refusal LOGIN_TIMEOUT =
            new Refusal("08006", "the login took too long (client_login_timeout)");
    static final Refusal SHUTDOWN = new Refusal("57P01", "the proxy is shutting down");

    static Refusal unknownDatabase(String name) {
        return new Refusal("3D000", "the proxy has no database \"" + name + "\"");
    }

    /** As the client is told. */
    Diagnostic diagnostic() {
        return Diagnostic.fatal(sqlState, text);
    }
}
