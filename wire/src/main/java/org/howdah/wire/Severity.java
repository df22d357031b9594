package org.howdah.wire;

import java.util.Optional;

/** How bad it is: the field V of ErrorResponse and NoticeResponse, never localized. */
public enum Severity {
    DEBUG,
    LOG,
    INFO,
    NOTICE,
    WARNING,
    /** The statement has failed; the connection goes on. */
    ERROR,
    /** The connection is closed behind it. */
    FATAL,
    /** The whole server restarts. */
    PANIC;

    /** Whether it is told by an ErrorResponse; else by a NoticeResponse. */
    public boolean error() {
        return compareTo(ERROR) >= 0;
    }

    static Optional<Severity> of(String name) {
        for (Severity severity : values()) {
            if (severity.name().equals(name)) {
                return Optional.of(severity);
            }
        }
        return Optional.empty();
    }
}
