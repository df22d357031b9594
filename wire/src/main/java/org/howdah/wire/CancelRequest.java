package org.howdah.wire;

/** Cancels what another session does; there is no answer. */
public record CancelRequest(CancelKey key) implements StartupPacket {

    static final int CODE = 1234 << 16 | 5678;

    @Override
    public void writeTo(MessageWriter out) {
        out.beginUntyped().int32(CODE);
        key.writeTo(out);
        out.end();
    }
}
