package org.howdah.proxy;

import java.time.Duration;

/**
 * How long things may take. Zero means without end, except where it is said otherwise. The names
 * are PgBouncer's.
 *
 * @param clientLogin from connecting to being logged in
 * @param clientIdle a client that sends nothing, outside of a transaction
 * @param queryWait a client that waits for a server connection
 * @param queryWaitNotify a client that has waited so long is told by a notice; zero: never
 * @param query a statement
 * @param transaction a transaction, from its first statement
 * @param idleTransaction a client that sends nothing inside a transaction
 * @param serverConnect from dialing a server to being logged in there
 * @param serverLoginRetry pause after a failed login, doubled up to 16 times while it fails again
 * @param serverLifetime a server connection is closed when it is older and idle; zero: after its
 *     first use
 * @param serverIdle a server connection that nobody used for so long is closed
 * @param serverCheckDelay an idle server connection is tested before use when it was idle for
 *     longer; zero: always
 * @param cancelWait a cancel request that waits for its connection
 * @param anyDatabaseIdle a database that was made for {@code *} is forgotten with its statistics
 *     when unused for so long
 * @param poolIdle an empty pool is forgotten with its statistics when unused for so long
 * @param hostLookup how long the addresses of a host name are used before it is looked up again
 * @param drain how long a shutdown waits for clients
 */
public record Timeouts(
        Duration clientLogin,
        Duration clientIdle,
        Duration queryWait,
        Duration queryWaitNotify,
        Duration query,
        Duration transaction,
        Duration idleTransaction,
        Duration serverConnect,
        Duration serverLoginRetry,
        Duration serverLifetime,
        Duration serverIdle,
        Duration serverCheckDelay,
        Duration cancelWait,
        Duration anyDatabaseIdle,
        Duration poolIdle,
        Duration hostLookup,
        Duration drain) {}
