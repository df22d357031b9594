package org.howdah.transport;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The channels of a ring by handle. A handle is a descriptor's number and whether it is one of the
 * process or a slot in the ring's own table: 2 n or 2 n + 1. It can be used again only when nothing
 * is under way on it, so that a completion always finds the channel that it belongs to.
 */
final class Handles {
    static final int NONE = -1;

    private @Nullable UringChannel[] channels = new @Nullable UringChannel[256];

    static int plain(int descriptor) {
        return descriptor << 1;
    }

    static int direct(int slot) {
        return slot << 1 | 1;
    }

    static boolean isDirect(int handle) {
        return (handle & 1) != 0;
    }

    static int number(int handle) {
        return handle >> 1;
    }

    void put(int handle, UringChannel channel) {
        if (handle >= channels.length) {
            channels = Arrays.copyOf(channels, Math.max(handle + 2, channels.length * 2));
        }
        if (channels[handle] != null) {
            throw new IllegalStateException("Descriptor " + handle + " is in use.");
        }
        channels[handle] = channel;
    }

    void remove(int handle) {
        channels[handle] = null;
    }

    UringChannel get(int handle) {
        UringChannel channel = channels[handle];
        if (channel == null) {
            throw new IllegalStateException("Nobody has descriptor " + handle + ".");
        }
        return channel;
    }

    @Nullable UringChannel[] all() {
        return channels;
    }
}
