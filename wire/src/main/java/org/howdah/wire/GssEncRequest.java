package org.howdah.wire;

/** May encryption by GSSAPI begin? Answered by one byte. */
public record GssEncRequest() implements StartupPacket {

    static final int CODE = 1234 << 16 | 5680;

    @Override
    public void writeTo(MessageWriter out) {
        out.beginUntyped().int32(CODE).end();
    }
}
