package org.howdah.proxy;

import org.howdah.transport.Channel;
import org.howdah.wire.StartupMessage;

/** Lets those in who have logged in to the database {@code pgbouncer}. */
interface ConsoleDoor {

    /** The database's name. */
    String DATABASE = "pgbouncer";

    /**
     * Takes the connection over: greets, sends ReadyForQuery and receives from then on.
     * AuthenticationOk has been sent. Called by the loop.
     */
    void enter(Visitor visitor);

    /**
     * Who comes in.
     *
     * @param admin whether the visitor may do everything, and not only look
     */
    record Visitor(
            ProxyLoop home, Channel channel, String user, boolean admin, StartupMessage startup) {}
}
