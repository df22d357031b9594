package org.howdah.wire;

/** libpq's {@code channel_binding}. */
public enum ChannelBindingPolicy {
    DISABLE,
    PREFER,
    /** No login without it: only SCRAM-SHA-256-PLUS will do. */
    REQUIRE
}
