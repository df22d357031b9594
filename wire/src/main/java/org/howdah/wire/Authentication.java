package org.howdah.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What the server wants before, or says of, the login. */
public sealed interface Authentication {

    int OK = 0;
    int CLEARTEXT_PASSWORD = 3;
    int MD5_PASSWORD = 5;
    int SASL = 10;
    int SASL_CONTINUE = 11;
    int SASL_FINAL = 12;

    /** The client is who it says it is. */
    record Ok() implements Authentication {}

    /** The password as it is. */
    record CleartextPassword() implements Authentication {}

    /**
     * The password hashed with that salt.
     *
     * @param salt its four bytes as a number
     */
    record Md5Password(int salt) implements Authentication {}

    /** One of these mechanisms, in the order in which the server prefers them. */
    record Sasl(List<String> mechanisms) implements Authentication {
        public Sasl {
            mechanisms = List.copyOf(mechanisms);
        }
    }

    /** A step of the mechanism. */
    record SaslContinue(Payload data) implements Authentication {}

    /** The last step of the mechanism. */
    record SaslFinal(Payload data) implements Authentication {}

    /** What only Kerberos, SSPI or a version to come can answer. */
    record Unsupported(int code) implements Authentication {}

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    static Authentication parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("Authentication", in, from, to);
        int code = reader.int32();
        Authentication request =
                switch (code) {
                    case OK -> new Ok();
                    case CLEARTEXT_PASSWORD -> new CleartextPassword();
                    case MD5_PASSWORD -> new Md5Password(reader.int32());
                    case SASL -> new Sasl(mechanisms(reader));
                    case SASL_CONTINUE -> new SaslContinue(new Payload(reader.rest()));
                    case SASL_FINAL -> new SaslFinal(new Payload(reader.rest()));
                    default -> {
                        reader.rest();
                        yield new Unsupported(code);
                    }
                };
        reader.end();
        return request;
    }

    private static List<String> mechanisms(FieldReader reader) {
        List<String> mechanisms = new ArrayList<>();
        for (String name = reader.text(); !name.isEmpty(); name = reader.text()) {
            mechanisms.add(name);
        }
        return mechanisms;
    }

    default void writeTo(MessageWriter out) {
        out.begin(BackendType.AUTHENTICATION);
        switch (this) {
            case Ok() -> out.int32(OK);
            case CleartextPassword() -> out.int32(CLEARTEXT_PASSWORD);
            case Md5Password(int salt) -> out.int32(MD5_PASSWORD).int32(salt);
            case Sasl(List<String> mechanisms) -> {
                out.int32(SASL);
                mechanisms.forEach(out::text);
                out.int8(0);
            }
            case SaslContinue(Payload data) -> data.writeTo(out.int32(SASL_CONTINUE));
            case SaslFinal(Payload data) -> data.writeTo(out.int32(SASL_FINAL));
            case Unsupported(int code) -> out.int32(code);
        }
        out.end();
    }
}
