package org.howdah.proxy;

import java.util.Optional;

/** What keeps clients and their server connections together, and what follows from it. */
final class Pins {

    private Pins() {}

    /** For the console: what pins a client, if anything does. Any thread. */
    static Optional<PinState> state(Client client) {
        int pins = client.pins();
        Server kept = client.server();
        if (pins == 0 || kept == null) {
            return Optional.empty();
        }
        return Optional.of(
                new PinState(
                        client.pool().key(),
                        client.number(),
                        Pin.of(pins),
                        client.session().pinnedSince(),
                        kept.identity().key().processId()));
    }

    /** Whether the server must be asked about everything after each transaction. */
    static boolean asksAgain(Client client) {
        ClientSession session = client.sessionIfAny();
        return session != null && session.asksAgain();
    }

    /** Of the pins that the server was asked about it has found these. */
    static void found(Client client, int asked, int found) {
        int before = client.pins();
        int now = (before & ~asked) | found;
        if (now == before) {
            return;
        }
        client.session().pins(now, client.channel().loop().turnNanos());
        for (Pin pin : Pin.values()) {
            if ((now & ~before & pin.bit()) != 0) {
                client.pool().counters().pinned(pin);
            }
        }
    }

    /** These hold until the client leaves. */
    static void add(Client client, int pins) {
        found(client, 0, pins);
    }

    /** What must happen to the server connection of a client that leaves. */
    static Afterwards parting(Client client) {
        int pins = client.pins();
        if ((pins & (Pin.LASTING.bit() | Pin.TEMPORARY_SLOT.bit())) != 0) {
            return Afterwards.RETIRE;
        }
        if (pins != 0) {
            return Afterwards.DISCARD;
        }
        Pool pool = client.pool();
        return pool.mode() == PoolMode.SESSION || pool.resetsAlways()
                ? Afterwards.RESET
                : Afterwards.RELEASE;
    }
}
