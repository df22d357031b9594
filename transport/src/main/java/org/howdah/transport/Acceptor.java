package org.howdah.transport;

/** Takes the clients of a listener. */
@FunctionalInterface
public interface Acceptor {

    /**
     * A client has connected. Called by the loop's thread.
     *
     * @return who receives what the client sends
     */
    Receiver accepted(Channel channel);
}
