package org.howdah.transport;

/** Which of the system's interfaces the owner wants. */
public enum TransportWish {
    /** io_uring where the system grants it, else java.nio. */
    BEST,
    /** io_uring or nothing. */
    IO_URING,
    /** java.nio. */
    NIO
}
