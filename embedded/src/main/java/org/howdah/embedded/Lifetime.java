package org.howdah.embedded;

/** How long a server lives. */
public enum Lifetime {
    /** As long as the process that started it, however that ends. */
    TIED,
    /** Until somebody stops it. */
    DETACHED
}
