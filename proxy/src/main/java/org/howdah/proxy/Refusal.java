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
    static final Refusal TOO_MANY_OF_THESE =
            new Refusal(
                    SqlState.TOO_MANY_CONNECTIONS,
                    "no more connections are allowed to this database or for this user"
                            + " (max_db_client_connections, max_user_client_connections)");
    static final Refusal TOO_MANY_LOGINS =
            new Refusal(
                    SqlState.TOO_MANY_CONNECTIONS,
                    "too many clients are logging in, or too many from this address have failed");
    static final Refusal LOGIN_NOT_CHECKED =
            new Refusal(
                    SqlState.CANNOT_CONNECT_NOW, "the login cannot be checked now (auth_query)");
    static final Refusal TLS_DEMANDED =
            new Refusal(
                    SqlState.INVALID_AUTHORIZATION,
                    "the connection must be encrypted (client_tls_sslmode)");
    static final Refusal NO_ALPN =
            new Refusal(
                    SqlState.PROTOCOL_VIOLATION,
                    "received direct SSL connection request without ALPN protocol negotiation"
                            + " extension");
    static final Refusal NO_SERVER_TLS =
            new Refusal(
                    SqlState.CONNECTION_FAILURE,
                    "the server does not encrypt, which server_tls_sslmode demands");
    static final Refusal NO_PEER =
            new Refusal(
                    SqlState.INVALID_AUTHORIZATION,
                    "the user of the operating system is not known: peer needs a unix socket");
    static final Refusal NO_CERTIFICATE =
            new Refusal(
                    SqlState.INVALID_AUTHORIZATION,
                    "connection requires a valid client certificate");
    static final Refusal NOT_FOR_CONSOLE =
            new Refusal(
                    SqlState.INSUFFICIENT_PRIVILEGE,
                    "the console is for the users in admin_users and stats_users");
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

    static final Refusal KILLED = new Refusal("57P01", "an administrator has ended the connection");

    /** An administrator lets nobody in. */
    static Refusal disabledDatabase(String name) {
        return new Refusal("57P03", "the database \"" + name + "\" is disabled");
    }

    static Refusal unknownDatabase(String name) {
        return new Refusal("3D000", "the proxy has no database \"" + name + "\"");
    }

    /** The same for a wrong password, a user without one, and a user who does not exist. */
    static Refusal wrongPassword(String user) {
        return new Refusal(
                SqlState.INVALID_PASSWORD,
                "password authentication failed for user \"" + user + "\"");
    }

    static Refusal unknownUser(String user) {
        return new Refusal(
                SqlState.INVALID_AUTHORIZATION, "the proxy has no user \"" + user + "\"");
    }

    static Refusal notAdmitted(String user, String database) {
        return new Refusal(
                SqlState.INVALID_AUTHORIZATION,
                "no rule admits user \"%s\" to database \"%s\" from there"
                        .formatted(user, database));
    }

    /**
     * @param method peer or certificate
     */
    static Refusal otherName(String method, String user) {
        return new Refusal(
                SqlState.INVALID_AUTHORIZATION,
                "%s authentication failed for user \"%s\"".formatted(method, user));
    }

    static Refusal nobodysDatabase(String name) {
        return new Refusal(
                SqlState.INVALID_AUTHORIZATION,
                "the database \"%s\" has no user as whom everybody could enter".formatted(name));
    }

    /** Whether a login was denied because of who wanted to come in (class 28). */
    boolean deniesLogin() {
        return sqlState.startsWith("28");
    }

    /** The client's startup packet has options that cannot be read. */
    static Refusal badOptions(String what) {
        return new Refusal(SqlState.PROTOCOL_VIOLATION, "the startup parameter options " + what);
    }

    /** What a server has said against it. */
    static Refusal of(Diagnostic error) {
        return new Refusal(error.sqlState(), error.message());
    }

    /** A server connection did not take the settings of the client's session. */
    static Refusal notAdapted(Diagnostic error) {
        return new Refusal(
                error.sqlState(),
                "the session's settings could not be set on another server connection: "
                        + error.message());
    }

    /** As the client is told. */
    Diagnostic diagnostic() {
        return Diagnostic.fatal(sqlState, text);
    }
}
