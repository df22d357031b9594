package org.howdah.proxy;

import static org.howdah.proxy.Frames.HEADER;

import java.nio.ByteBuffer;
import org.howdah.wire.FrontendType;

/** What a client without a server connection sends and no server needs to see. */
final class Unasked {

    private Unasked() {}

    /** Drops the rest of a COPY that has failed, and Flush. Returns the index behind it. */
    static int drop(Client client, ByteBuffer in, int from, int to) {
        int at = from;
        while (at < to) {
            if (client.body() > 0) {
                int piece = Math.min(client.body(), to - at);
                client.body(client.body() - piece);
                at += piece;
                continue;
            }
            if (to - at < HEADER || !unasked(in.get(at))) {
                return at;
            }
            int length = Frames.length(in, at);
            if (length < HEADER || length > client.pool().packetBytes()) {
                client.refuse(Refusal.BAD_MESSAGE);
                return to;
            }
            client.body(length);
        }
        return at;
    }

    private static boolean unasked(byte type) {
        return type == FrontendType.COPY_DATA
                || type == FrontendType.COPY_DONE
                || type == FrontendType.COPY_FAIL
                || type == FrontendType.FLUSH;
    }
}
