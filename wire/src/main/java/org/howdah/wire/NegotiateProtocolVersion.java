package org.howdah.wire;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The server speaks less than the client asked for.
 *
 * @param version that the connection goes on with
 * @param unknownOptions the {@code _pq_.} options of the client that the server does not know
 */
public record NegotiateProtocolVersion(ProtocolVersion version, List<String> unknownOptions) {

    public NegotiateProtocolVersion {
        unknownOptions = List.copyOf(unknownOptions);
    }

    /**
     * What a server must answer that knows no protocol options at all; empty when it need not.
     *
     * @param newest the newest version that it speaks
     */
    public static Optional<NegotiateProtocolVersion> answer(
            StartupMessage startup, ProtocolVersion newest) {
        List<String> unknown = startup.protocolOptions();
        if (!startup.version().newerThan(newest) && unknown.isEmpty()) {
            return Optional.empty();
        }
        ProtocolVersion agreed = startup.version().orOlder(newest);
        return Optional.of(new NegotiateProtocolVersion(agreed, unknown));
    }

    /**
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static NegotiateProtocolVersion parseFrom(ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader("NegotiateProtocolVersion", in, from, to);
        ProtocolVersion version = new ProtocolVersion(reader.int32());
        int count = reader.count32(1);
        List<String> options = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            options.add(reader.text());
        }
        reader.end();
        return new NegotiateProtocolVersion(version, options);
    }

    /**
     * Whether a client that asked so may be answered so: nothing higher than it asked for, no
     * version that does not exist, no option that it did not name.
     */
    public boolean answers(StartupMessage asked) {
        return version.major() == 3
                && version.minor() != 1
                && !version.newerThan(asked.version())
                && asked.protocolOptions().containsAll(unknownOptions);
    }

    public void writeTo(MessageWriter out) {
        out.begin(BackendType.NEGOTIATE_PROTOCOL_VERSION);
        out.int32(version.code()).int32(unknownOptions.size());
        unknownOptions.forEach(out::text);
        out.end();
    }
}
