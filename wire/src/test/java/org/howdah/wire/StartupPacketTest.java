package org.howdah.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupPacketTest {

    private static final int V3_0 = 3 << 16;

    private static StartupPacket again(StartupPacket packet) {
        MessageWriter out = MessageWriter.heap(16);
        packet.writeTo(out);
        ByteBuffer in = ByteBuffer.wrap(out.toByteArray());
        assertThat(StartupPacket.bytes(in, 0)).isEqualTo(in.capacity());
        return StartupPacket.parseFrom(in, 0, in.capacity());
    }

    @Test
    void requestsAreReadAsWritten() {
        assertThat(again(new SslRequest())).isEqualTo(new SslRequest());
        assertThat(again(new GssEncRequest())).isEqualTo(new GssEncRequest());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 5, 32, 256})
    void cancelKeysOfAllLengths(int bytes) {
        CancelKey key = CancelKey.of(4711, new byte[bytes]);
        assertThat(again(new CancelRequest(key))).isEqualTo(new CancelRequest(key));
        assertThat(key.secretBytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 257, 5000})
    void otherCancelKeysAreRefused(int bytes) {
        MessageWriter out = MessageWriter.heap(16);
        out.beginUntyped().int32(CancelRequest.CODE).int32(1).bytes(new byte[bytes]).end();
        refused(out, SqlState.PROTOCOL_VIOLATION);
    }

    @Test
    void aStartupMessageSaysWhoAndWhere() {
        StartupMessage asked =
                StartupMessage.of(ProtocolVersion.V3_2, "müller", "")
                        .with("replication", "database")
                        .with("options", "-c geqo=off")
                        .with("application_name", "psql")
                        .with("_pq_.compression", "lz4");
        StartupMessage read = (StartupMessage) again(asked);
        assertThat(read).isEqualTo(asked);
        assertThat(read.user()).isEqualTo("müller");
        assertThat(read.database()).isEqualTo("müller");
        assertThat(read.options()).contains("-c geqo=off");
        assertThat(read.settings()).isEqualTo(Map.of("application_name", "psql"));
        assertThat(read.protocolOptions()).containsExactly("_pq_.compression");
        assertThat(read.replication()).isEqualTo(StartupMessage.Replication.LOGICAL);
    }

    @ParameterizedTest
    @CsvSource({
        "true, PHYSICAL",
        "ON, PHYSICAL",
        "1, PHYSICAL",
        "0, NONE",
        "no, NONE",
        "database, LOGICAL"
    })
    void replicationIsAsked(String text, StartupMessage.Replication expected) {
        StartupMessage asked = StartupMessage.of(ProtocolVersion.V3_0, "a", "b");
        assertThat(((StartupMessage) again(asked.with("replication", text))).replication())
                .isEqualTo(expected);
    }

    @Test
    void theLastOfTwoValuesHolds() {
        MessageWriter out = MessageWriter.heap(16).beginUntyped().int32(V3_0);
        out.text("user").text("a").text("user").text("b").int8(0).end();
        ByteBuffer in = ByteBuffer.wrap(out.toByteArray());
        StartupMessage read = (StartupMessage) StartupPacket.parseFrom(in, 0, in.capacity());
        assertThat(read.user()).isEqualTo("b");
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 4, 7, 10_001, 0x16030100, Integer.MAX_VALUE})
    void lengthsAreBounded(int length) {
        ByteBuffer in = ByteBuffer.allocate(4).putInt(0, length);
        assertThatThrownBy(() -> StartupPacket.bytes(in, 0))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessage("invalid length of startup packet");
    }

    @Test
    void versionsOfOtherMajorsAreRefused() {
        for (int code : new int[] {2 << 16, 4 << 16, 0, -1, (1234 << 16) | 1}) {
            MessageWriter out = MessageWriter.heap(16);
            out.beginUntyped().int32(code).text("user").text("a").int8(0).end();
            refused(out, SqlState.FEATURE_NOT_SUPPORTED);
        }
    }

    @Test
    void layoutsThatAreNoneAreRefused() {
        refused(parameters("user\0a"), SqlState.PROTOCOL_VIOLATION);
        refused(parameters("user\0a\0"), SqlState.PROTOCOL_VIOLATION);
        refused(parameters("user\0a\0\0\0"), SqlState.PROTOCOL_VIOLATION);
        refused(parameters("user\0a\0database\0"), SqlState.PROTOCOL_VIOLATION);
        refused(parameters(""), SqlState.PROTOCOL_VIOLATION);
        refused(parameters("\0"), SqlState.INVALID_AUTHORIZATION);
        refused(parameters("user\0\0\0"), SqlState.INVALID_AUTHORIZATION);
        refused(parameters("user\0a\0replication\0maybe\0\0"), SqlState.INVALID_PARAMETER_VALUE);
        refused(parameters("user\0\u00FF\0\0"), SqlState.CHARACTER_NOT_IN_REPERTOIRE);
    }

    @Test
    void requestsWithMoreBehindThemAreRefused() {
        MessageWriter out = MessageWriter.heap(16);
        out.beginUntyped().int32(SslRequest.CODE).int8(0).end();
        refused(out, SqlState.PROTOCOL_VIOLATION);
    }

    @Test
    void aServerAnswersForLessOnlyWhenItMust() {
        StartupMessage old = StartupMessage.of(ProtocolVersion.V3_0, "a", "b");
        StartupMessage recent = StartupMessage.of(ProtocolVersion.V3_2, "a", "b");
        StartupMessage grease =
                StartupMessage.of(ProtocolVersion.GREASE, "a", "b").with("_pq_.test", "");
        assertThat(NegotiateProtocolVersion.answer(old, ProtocolVersion.V3_2)).isEmpty();
        assertThat(NegotiateProtocolVersion.answer(recent, ProtocolVersion.V3_2)).isEmpty();
        assertThat(NegotiateProtocolVersion.answer(recent, ProtocolVersion.V3_0))
                .contains(new NegotiateProtocolVersion(ProtocolVersion.V3_0, List.of()));
        var answer = new NegotiateProtocolVersion(ProtocolVersion.V3_2, List.of("_pq_.test"));
        assertThat(NegotiateProtocolVersion.answer(grease, ProtocolVersion.V3_2)).contains(answer);
        assertThat(answer.answers(grease)).isTrue();
        assertThat(answer.answers(recent)).isFalse();
        var higher = new NegotiateProtocolVersion(ProtocolVersion.V3_2, List.of());
        assertThat(higher.answers(old)).isFalse();
    }

    private static MessageWriter parameters(String latin1) {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        return MessageWriter.heap(16).beginUntyped().int32(V3_0).bytes(bytes).end();
    }

    private static void refused(MessageWriter out, String sqlState) {
        ByteBuffer in = ByteBuffer.wrap(out.toByteArray());
        ProtocolViolation violation =
                catchThrowableOfType(
                        ProtocolViolation.class,
                        () -> StartupPacket.parseFrom(in, 0, in.capacity()));
        assertThat(violation.sqlState()).isEqualTo(sqlState);
        assertThat(violation.diagnostic().severity()).isEqualTo(Severity.FATAL);
    }
}
