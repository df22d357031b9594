package org.howdah.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Headers and bodies as an honest peer never sends them. */
class HostileFrameTest {

    @ParameterizedTest
    @CsvSource({
        "Q, 3",
        "Q, 0",
        "Q, -1",
        "Q, -2147483648",
        "Q, 1073741823",
        "S, 10001",
        "X, 2000000",
        "p, 65536"
    })
    void aClientsLengthIsBounded(char type, int length) {
        ByteBuffer header = header(type, length);
        assertThatThrownBy(() -> FrameHeader.frontendBytes(header, 0))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("invalid message length " + length);
    }

    @ParameterizedTest
    @CsvSource({"Z, 3", "R, 30001", "D, -5", "D, 2147483647", "S, 40000"})
    void aServersLengthIsBounded(char type, int length) {
        ByteBuffer header = header(type, length);
        assertThatThrownBy(() -> FrameHeader.backendBytes(header, 0))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("invalid message length " + length);
    }

    @ParameterizedTest
    @CsvSource({"Q, 4", "Q, 1073741822", "S, 4", "d, 1073741822", "p, 65535"})
    void whatPostgresTakesIsTaken(char type, int length) {
        assertThat(FrameHeader.frontendBytes(header(type, length), 0)).isEqualTo(length + 1);
    }

    @Test
    void aRowMayBeAsLongAsAnArray() {
        assertThat(FrameHeader.backendBytes(header('D', Integer.MAX_VALUE - 1), 0))
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void everyByteIsATypeOrIsRefused() {
        int frontend = 0;
        int backend = 0;
        for (int type = 0; type < 256; type++) {
            frontend += FrontendType.maximumLength((byte) type) > 0 ? 1 : 0;
            backend += BackendType.maximumLength((byte) type) > 0 ? 1 : 0;
        }
        assertThat(List.of(frontend, backend)).containsExactly(14, 24);
        assertThatThrownBy(() -> FrameHeader.frontendBytes(header('\u00FF', 4), 0))
                .hasMessage("invalid frontend message type 255");
        assertThatThrownBy(() -> FrameHeader.backendBytes(header('Q', 4), 0))
                .hasMessage("invalid backend message type 81");
    }

    @Test
    void countsThatCannotBeTrueAllocateNothing() {
        ByteBuffer huge = ByteBuffer.wrap(new byte[] {0, 0, (byte) 255, (byte) 255});
        assertThatThrownBy(() -> Parse.parseFrom(huge, 0, 4))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("invalid Parse: it ends too early");
        ByteBuffer negative = ByteBuffer.allocate(8).putInt(0, 196610).putInt(4, -1);
        assertThatThrownBy(() -> NegotiateProtocolVersion.parseFrom(negative, 0, 8))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("invalid NegotiateProtocolVersion: negative count -1");
    }

    @Test
    void noiseIsReadOrRefusedButNothingElse() {
        Random random = new Random(5);
        for (int round = 0; round < 50_000; round++) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            if (random.nextBoolean()) {
                // Small numbers and zero bytes lead further in.
                for (int i = 0; i < noise.length; i++) {
                    noise[i] = (byte) (random.nextBoolean() ? 0 : noise[i] & 3);
                }
            }
            ByteBuffer in = ByteBuffer.wrap(noise);
            for (Body body : BODIES) {
                readOrRefused(body, in);
            }
        }
    }

    private interface Body {
        Object parseFrom(ByteBuffer in, int from, int to);
    }

    private static final List<Body> BODIES =
            List.of(
                    StartupPacket::parseFrom,
                    Authentication::parseFrom,
                    (in, from, to) ->
                            Diagnostic.parseFrom(BackendType.ERROR_RESPONSE, in, from, to),
                    BackendKeyData::parseFrom,
                    ParameterStatus::parseFrom,
                    ReadyForQuery::parseFrom,
                    DataRow::parseFrom,
                    RowDescription::parseFrom,
                    CommandComplete::parseFrom,
                    NotificationResponse::parseFrom,
                    NegotiateProtocolVersion::parseFrom,
                    ParameterDescription::parseFrom,
                    (in, from, to) ->
                            CopyResponse.parseFrom(BackendType.COPY_OUT_RESPONSE, in, from, to),
                    CopyData::parseFrom,
                    CopyFail::parseFrom,
                    Query::parseFrom,
                    Parse::parseFrom,
                    Bind::parseFrom,
                    Describe::parseFrom,
                    Close::parseFrom,
                    Execute::parseFrom,
                    PasswordMessage::parseFrom,
                    SaslInitialResponse::parseFrom,
                    SaslResponse::parseFrom);

    private static void readOrRefused(Body body, ByteBuffer in) {
        try {
            body.parseFrom(in, 0, in.capacity());
        } catch (ProtocolViolation refused) {
            if (refused.getStackTrace().length > 0) {
                throw new AssertionError("A refusal must be cheap.", refused);
            }
        }
    }

    private static ByteBuffer header(char type, int length) {
        return ByteBuffer.allocate(FrameHeader.BYTES).put(0, (byte) type).putInt(1, length);
    }
}
