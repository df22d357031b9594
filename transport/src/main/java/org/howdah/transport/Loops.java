package org.howdah.transport;

/** Starts event loops. */
public final class Loops {

    private Loops() {}

    /**
     * Starts a loop on a daemon thread of this name.
     *
     * @throws TransportException when the system does not grant what was wished for
     */
    public static EventLoop start(TransportWish wish, String name) {
        return switch (wish) {
            case NIO -> startNio(name, "as configured");
            case BEST -> startNio(name, "io_uring is not there yet");
            case IO_URING ->
                    throw new TransportException(
                            "io_uring is not there yet.", "Choose nio or best as the transport.");
        };
    }

    private static EventLoop startNio(String name, String reason) {
        return LoopThread.start(
                name, new EventLoop.Choice(TransportKind.NIO, reason), NioTransport::new);
    }
}
