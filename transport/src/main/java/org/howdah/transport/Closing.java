package org.howdah.transport;

/**
 * Why a channel was closed.
 *
 * @param cause who or what ended it
 * @param detail the system's words, such as "Connection reset by peer"; empty when there are none
 */
public record Closing(Cause cause, String detail) {

    /** Who or what ended a channel. */
    public enum Cause {
        /** Our own {@link Channel#close} or {@link Channel#finish}. */
        OURSELVES,
        /** The peer closed its side in order. */
        PEER,
        /** The connection broke or could not be made. */
        FAILURE
    }

    public static final Closing BY_US = new Closing(Cause.OURSELVES, "");
    public static final Closing BY_PEER = new Closing(Cause.PEER, "");

    public static Closing failure(String detail) {
        return new Closing(Cause.FAILURE, detail);
    }
}
