package org.howdah.proxy;

/** Whether a pool gives its server connections to clients. */
enum Flow {
    OPEN,

    /** Nobody gets one, and those that become free are closed. */
    PAUSED,

    /** Nobody gets one; they are kept. */
    SUSPENDED
}
