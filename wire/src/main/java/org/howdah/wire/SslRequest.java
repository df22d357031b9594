package org.howdah.wire;

/** May TLS begin? Answered by one byte. */
public record SslRequest() implements StartupPacket {

    static final int CODE = 1234 << 16 | 5679;

    @Override
    public void writeTo(MessageWriter out) {
        out.beginUntyped().int32(CODE).end();
    }
}
