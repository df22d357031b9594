package org.howdah.proxy;

import java.nio.ByteBuffer;
import org.howdah.wire.MessageWriter;

/** Asks for nothing. */
final class Trust implements Proof {

    private final Credentials credentials;

    /** With what is known of the user anyway. */
    Trust(Credentials credentials) {
        this.credentials = credentials;
    }

    @Override
    public Step begin(MessageWriter out) {
        return new Step.Proven(credentials);
    }

    @Override
    public Step answer(ByteBuffer in, int from, int to, MessageWriter out) {
        return new Step.Failed(Refusal.BAD_MESSAGE);
    }
}
