package org.howdah.proxy;

import java.util.EnumSet;
import java.util.Set;

/**
 * Why a client keeps its server connection beyond its transaction: something in the session that
 * cannot be carried elsewhere.
 */
enum Pin {
    TEMPORARY_OBJECT("temporary table", Effects.TEMPORARY),
    ADVISORY_LOCK("advisory lock", Effects.LOCKS),
    HELD_CURSOR("cursor with hold", Effects.CURSORS),
    SQL_PREPARED("statement prepared by SQL", Effects.STATEMENTS),
    LISTENING("listening in a function", Effects.CHANNELS),
    TEMPORARY_SLOT("temporary replication slot", Effects.SLOTS),

    /** LOAD, setseed, dblink's connections: until the client leaves. */
    LASTING("state that no command resets", Effects.LASTING),

    /** What the server could not tell or the proxy did not see: until the client leaves. */
    UNSEEN("state that the proxy cannot see", Effects.UNSEEN);

    private final String reason;
    private final int effect;

    Pin(String reason, int effect) {
        this.reason = reason;
        this.effect = effect;
    }

    /** For people. */
    String reason() {
        return reason;
    }

    /** In a set of pins: the doubt that it answers. */
    int bit() {
        return effect;
    }

    /** The pins in question when there are these doubts. */
    static int ofEffects(int effects) {
        return effects & EVERY;
    }

    /** The pins of a set. */
    static Set<Pin> of(int pins) {
        Set<Pin> all = EnumSet.noneOf(Pin.class);
        for (Pin pin : values()) {
            if ((pins & pin.bit()) != 0) {
                all.add(pin);
            }
        }
        return all;
    }

    private static final int EVERY = Effects.ANY | Effects.LASTING | Effects.UNSEEN;
}
