package org.howdah.proxy;

import java.time.Duration;

/** What becomes of a server connection on which something takes longer than the settings allow. */
final class Overdue {

    private Overdue() {}

    /** Closes it when it is old or was idle for long; ends its client when that takes too long. */
    static void end(Server server, long now) {
        Timeouts times = server.pool().terms().times();
        Client client = server.client();
        if (client != null) {
            end(server, client, times, now);
        } else if (server.cleaning().overdue(times, now)) {
            server.fail("it does not answer");
        } else if (server.replies.isEmpty() && server.pool().retire(server, now)) {
            server.close();
        }
    }

    private static void end(Server server, Client served, Timeouts times, long now) {
        Work work = server.work();
        boolean working = !server.replies.isEmpty();
        boolean transaction = server.status() != Server.IDLE || server.replies.groupOpen();
        if (working && passed(times.query(), now - work.busySince())) {
            served.refuse(Refusal.QUERY_TIMEOUT);
        } else if (transaction && passed(times.transaction(), now - work.transactionSince())) {
            served.refuse(Refusal.TRANSACTION_TIMEOUT);
        } else if (transaction
                && !working
                && passed(times.idleTransaction(), now - served.since())) {
            served.refuse(Refusal.IDLE_TRANSACTION);
        }
    }

    /** Whether this is more than the limit; zero is none. */
    static boolean passed(Duration most, long nanos) {
        return most.isPositive() && nanos > most.toNanos();
    }
}
