package org.howdah.proxy;

import org.howdah.transport.EventLoop;

/**
 * A loop at a moment.
 *
 * @param channels open connections of all kinds
 * @param servers connections to servers
 * @param logins clients that are not logged in yet
 */
record LoopView(EventLoop loop, int channels, int servers, int logins) {

    /** By the loop itself. */
    static LoopView of(ProxyLoop home) {
        return new LoopView(
                home.loop(), home.loop().channels(), home.servers().size(), home.logins().size());
    }
}
