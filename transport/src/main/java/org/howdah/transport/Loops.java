package org.howdah.transport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts event loops. */
public final class Loops {
    private static final Logger LOG = LoggerFactory.getLogger(Loops.class);

    private Loops() {}

    /**
     * Starts a loop on a daemon thread of this name. {@link EventLoop#choice} tells which transport
     * it has and why.
     *
     * @throws TransportException when the system does not grant what was wished for
     */
    public static EventLoop start(TransportWish wish, String name) {
        return switch (wish) {
            case NIO -> startNio(name, "as configured");
            case IO_URING -> startUring(name);
            case BEST -> startBest(name);
        };
    }

    private static EventLoop startBest(String name) {
        try {
            return startUring(name);
        } catch (TransportException refused) {
            String reason = NioSockets.words(refused);
            LOG.info("Event loop {} uses java.nio: {}.", name, reason);
            return startNio(name, reason);
        }
    }

    private static EventLoop startNio(String name, String reason) {
        return LoopThread.start(name, loop -> new NioTransport(loop, reason));
    }

    private static EventLoop startUring(String name) {
        if (!System.getProperty("os.name").equals("Linux")) {
            throw Ring.refused("io_uring is Linux's");
        }
        return LoopThread.start(
                name,
                loop -> UringTransport.open(loop, RingAbilities.BEST_FIRST, DirectSlots.MOST));
    }
}
