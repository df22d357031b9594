package org.howdah.wire;

import java.nio.ByteBuffer;

/** Answer to a request for a password: as it is, or {@code md5…}. Never printed. */
public record PasswordMessage(Payload password) {

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static PasswordMessage parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("PasswordMessage", in, from, to);
        PasswordMessage message = new PasswordMessage(new Payload(reader.textBytes()));
        reader.end();
        return message;
    }

    /**
     * @throws IllegalArgumentException if there is a zero byte in the password
     */
    public void writeTo(MessageWriter out) {
        for (byte one : password.array()) {
            if (one == 0) {
                throw new IllegalArgumentException("A password cannot contain a zero byte.");
            }
        }
        out.begin(FrontendType.PASSWORD);
        password.writeTo(out);
        out.int8(0).end();
    }
}
