package org.howdah.transport;

import java.net.SocketAddress;

/** A listener on one loop. */
public interface Listening {

    /** Where it listens, with the port that the system chose when 0 was asked for. */
    SocketAddress local();

    /** Accepts no more; clients that are connected stay. A unix socket's file is removed. */
    void close();
}
