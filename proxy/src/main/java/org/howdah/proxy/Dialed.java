package org.howdah.proxy;

/** Who wanted a server connection and hears what came of it. Called by the connection's loop. */
interface Dialed {

    /** It is logged in. */
    void opened(Server server, Welcome greeting);

    /**
     * It could not be made.
     *
     * @param refused whether the server itself has said no
     */
    void failed(ProxyLoop loop, Refusal why, boolean refused);
}
