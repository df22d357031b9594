package org.howdah.transport;

/** The interfaces to the system's sockets. */
public enum TransportKind {
    IO_URING,
    NIO
}
