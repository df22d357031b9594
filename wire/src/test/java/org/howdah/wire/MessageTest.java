package org.howdah.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is written is read again, and no part of it is. */
class MessageTest {

    interface Reader {
        Object parseFrom(ByteBuffer in, int from, int to);
    }

    /**
     * @param open a prefix of it may be a message too
     */
    record Case(Object message, Consumer<MessageWriter> writer, Reader reader, boolean open) {
        @Override
        public String toString() {
            return message.toString();
        }
    }

    private static Case strict(Object message, Consumer<MessageWriter> writer, Reader reader) {
        return new Case(message, writer, reader, false);
    }

    private static Case open(Object message, Consumer<MessageWriter> writer, Reader reader) {
        return new Case(message, writer, reader, true);
    }

    private static Case of(Authentication message) {
        boolean open =
                message instanceof Authentication.SaslContinue
                        || message instanceof Authentication.SaslFinal;
        return new Case(message, message::writeTo, Authentication::parseFrom, open);
    }

    private static Case of(Diagnostic message) {
        byte type =
                message.severity().error()
                        ? BackendType.ERROR_RESPONSE
                        : BackendType.NOTICE_RESPONSE;
        Reader reader = (in, from, to) -> Diagnostic.parseFrom(type, in, from, to);
        return strict(message, message::writeTo, reader);
    }

    static Stream<Case> backend() {
        var key = new BackendKeyData(CancelKey.of(-7, new byte[] {1, 2, 3, 4}));
        var status = new ParameterStatus("TimeZone", "Europe/Zürich");
        var ready = new ReadyForQuery(TransactionStatus.FAILED);
        var row = new DataRow(List.of(Optional.of("é"), Optional.empty(), Optional.of("")));
        var columns = new RowDescription(List.of(Column.text("a"), Column.int8("größe")));
        var complete = new CommandComplete("SELECT 3");
        var notification = new NotificationResponse(9, "channel", "payload");
        var version = new NegotiateProtocolVersion(ProtocolVersion.V3_2, List.of("_pq_.a"));
        var parameters = new ParameterDescription(List.of(23, 25));
        var copy = new CopyResponse(BackendType.COPY_IN_RESPONSE, 1, List.of(1, 1));
        Reader copyReader =
                (in, from, to) ->
                        CopyResponse.parseFrom(BackendType.COPY_IN_RESPONSE, in, from, to);
        var data = new CopyData(Payload.of("a\tb\n"));
        return Stream.of(
                open(data, data::writeTo, CopyData::parseFrom),
                strict(parameters, parameters::writeTo, ParameterDescription::parseFrom),
                strict(copy, copy::writeTo, copyReader),
                of(new Authentication.Ok()),
                of(new Authentication.CleartextPassword()),
                of(new Authentication.Md5Password(0xCAFEBABE)),
                of(new Authentication.Sasl(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256"))),
                of(new Authentication.SaslContinue(Payload.of("r=1,s=2,i=3"))),
                of(new Authentication.SaslFinal(Payload.of("v=1"))),
                of(new Authentication.Unsupported(7)),
                of(Diagnostic.error("42P01", "relation „t“").withDetail("d").withHint("h")),
                of(Diagnostic.fatal("28P01", "no").with('F', "auth.c").with('L', "1")),
                of(Diagnostic.notice("hello")),
                strict(key, key::writeTo, BackendKeyData::parseFrom),
                strict(status, status::writeTo, ParameterStatus::parseFrom),
                strict(ready, ready::writeTo, ReadyForQuery::parseFrom),
                strict(row, row::writeTo, DataRow::parseFrom),
                strict(columns, columns::writeTo, RowDescription::parseFrom),
                strict(complete, complete::writeTo, CommandComplete::parseFrom),
                strict(notification, notification::writeTo, NotificationResponse::parseFrom),
                strict(version, version::writeTo, NegotiateProtocolVersion::parseFrom));
    }

    static Stream<Case> frontend() {
        var query = new Query("SELECT 'é'");
        var parse = new Parse("s", "SELECT $1", List.of(23, 0));
        var values = List.of(Optional.of(Payload.of("x")), Optional.<Payload>empty());
        var bind = new Bind("p", "s", List.of(0, 1), values, List.of(1));
        var describe = Describe.statement("s");
        var close = Close.portal("p");
        var execute = new Execute("p", 100);
        var password = new PasswordMessage(Payload.of("sécret"));
        var first = new SaslInitialResponse("SCRAM-SHA-256", Payload.of("n,,n=,r=1"));
        var next = new SaslResponse(Payload.of("c=biws"));
        var fail = new CopyFail("no more");
        var data = new CopyData(Payload.of("a\tb\n"));
        return Stream.of(
                open(data, data::writeTo, CopyData::parseFrom),
                strict(fail, fail::writeTo, CopyFail::parseFrom),
                strict(query, query::writeTo, Query::parseFrom),
                strict(parse, parse::writeTo, Parse::parseFrom),
                strict(bind, bind::writeTo, Bind::parseFrom),
                strict(describe, describe::writeTo, Describe::parseFrom),
                strict(close, close::writeTo, Close::parseFrom),
                strict(execute, execute::writeTo, Execute::parseFrom),
                strict(password, password::writeTo, PasswordMessage::parseFrom),
                strict(first, first::writeTo, SaslInitialResponse::parseFrom),
                open(next, next::writeTo, SaslResponse::parseFrom));
    }

    @ParameterizedTest
    @MethodSource("backend")
    void aServersMessageIsReadAsItWasWritten(Case one) {
        ByteBuffer frame = written(one);
        assertThat(FrameHeader.backendBytes(frame, 3)).isEqualTo(frame.capacity() - 3);
        assertThat(BackendType.name(frame.get(3))).doesNotContain("message type");
        check(one, frame);
    }

    @ParameterizedTest
    @MethodSource("frontend")
    void aClientsMessageIsReadAsItWasWritten(Case one) {
        ByteBuffer frame = written(one);
        assertThat(FrameHeader.frontendBytes(frame, 3)).isEqualTo(frame.capacity() - 3);
        assertThat(FrontendType.name(frame.get(3))).doesNotContain("message type");
        check(one, frame);
    }

    private static ByteBuffer written(Case one) {
        // Somewhere in the midst, as messages are; in a buffer that must grow.
        MessageWriter out = MessageWriter.heap(4).int8(1).int16(2);
        one.writer().accept(out);
        return ByteBuffer.wrap(out.toByteArray());
    }

    private static void check(Case one, ByteBuffer frame) {
        int body = 3 + FrameHeader.BYTES;
        int end = frame.capacity();
        assertThat(one.reader().parseFrom(frame, body, end)).isEqualTo(one.message());
        if (one.open()) {
            return;
        }
        for (int to = body; to < end; to++) {
            int shorter = to;
            assertThatThrownBy(() -> one.reader().parseFrom(frame, body, shorter))
                    .isInstanceOf(ProtocolViolation.class);
        }
        if (!(one.message() instanceof BackendKeyData
                || one.message() instanceof Authentication.Unsupported)) {
            ByteBuffer longer = ByteBuffer.allocate(end + 1).put(0, frame, 0, end);
            assertThatThrownBy(() -> one.reader().parseFrom(longer, body, end + 1))
                    .isInstanceOf(ProtocolViolation.class);
        }
    }

    @Test
    void fixedMessagesAreWhatTheirClassesWrite() {
        MessageWriter out = MessageWriter.direct(8);
        new Authentication.Ok().writeTo(out);
        new Authentication.CleartextPassword().writeTo(out);
        for (TransactionStatus status : TransactionStatus.values()) {
            new ReadyForQuery(status).writeTo(out);
        }
        out.empty(FrontendType.SYNC);
        MessageWriter fixed = MessageWriter.heap(8);
        FixedMessage.AUTHENTICATION_OK.writeTo(fixed);
        FixedMessage.AUTHENTICATION_CLEARTEXT_PASSWORD.writeTo(fixed);
        for (TransactionStatus status : TransactionStatus.values()) {
            FixedMessage.ready(status).writeTo(fixed);
        }
        FixedMessage.SYNC.writeTo(fixed);
        assertThat(fixed.toByteArray()).isEqualTo(out.toByteArray());
    }

    @Test
    void aWriterRefusesCallsOutOfOrder() {
        MessageWriter out = MessageWriter.heap(16);
        assertThatThrownBy(out::end).isInstanceOf(IllegalStateException.class);
        out.begin(FrontendType.QUERY);
        assertThatThrownBy(() -> out.begin(FrontendType.SYNC))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> out.text("a\0b")).isInstanceOf(IllegalArgumentException.class);
        assertThat(out.clear().empty(FrontendType.SYNC).size()).isEqualTo(FrameHeader.BYTES);
    }

    @Test
    void aNoticeIsNeverReadAsAnError() {
        MessageWriter out = MessageWriter.heap(64);
        out.begin(BackendType.NOTICE_RESPONSE);
        out.int8('S').text("FATAL").int8('V').text("FATAL").int8(0).end();
        ByteBuffer frame = out.buffer();
        Diagnostic read =
                Diagnostic.parseFrom(
                        BackendType.NOTICE_RESPONSE, frame, FrameHeader.BYTES, out.size());
        assertThat(read.severity()).isEqualTo(Severity.NOTICE);
    }

    @Test
    void aSecretIsNotPrinted() {
        CancelKey key = CancelKey.of(5, new byte[] {77, 77, 77, 77});
        assertThat(key.toString()).doesNotContain("77");
        assertThat(new PasswordMessage(Payload.of("sesame")).toString()).doesNotContain("sesame");
    }
}
