package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.howdah.embedded.TestServer;
import org.howdah.wire.Authentication;
import org.howdah.wire.BackendKeyData;
import org.howdah.wire.CancelKey;
import org.howdah.wire.Credentials;
import org.howdah.wire.Diagnostic;
import org.howdah.wire.FixedMessage;
import org.howdah.wire.MessageWriter;
import org.howdah.wire.NegotiateProtocolVersion;
import org.howdah.wire.ParameterStatus;
import org.howdah.wire.Payload;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.ServerError;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.WireClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Servers that lie, err or are old when the proxy logs in to them. */
class HostileServerLoginTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Answers the startup packet of each connection by the same bytes, and waits for the end. */
    private record Liar(ServerSocket socket) implements AutoCloseable {

        static Liar saying(Consumer<MessageWriter> words) throws IOException {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            MessageWriter out = MessageWriter.heap(256);
            words.accept(out);
            byte[] bytes = out.toByteArray();
            Thread.startVirtualThread(() -> listen(socket, bytes));
            return new Liar(socket);
        }

        private static void listen(ServerSocket socket, byte[] bytes) {
            try {
                while (true) {
                    Socket caller = socket.accept();
                    Thread.startVirtualThread(() -> answer(caller, bytes));
                }
            } catch (IOException closed) {
                // The test is over.
            }
        }

        private static void answer(Socket caller, byte[] bytes) {
            try (caller) {
                InputStream in = caller.getInputStream();
                OutputStream out = caller.getOutputStream();
                byte[] length = in.readNBytes(4);
                if (length.length == 4) {
                    in.skipNBytes(ByteBuffer.wrap(length).getInt() - 4L);
                    out.write(bytes);
                    out.flush();
                    in.readAllBytes();
                }
            } catch (IOException gone) {
                // The proxy has had enough.
            }
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    static Stream<Arguments> lies() {
        return Stream.of(
                lie("ready without a login", FixedMessage.READY_IDLE::writeTo),
                lie("a parameter before the login", new ParameterStatus("a", "b")::writeTo),
                lie("a row", out -> out.begin((byte) 'D').int16(0).end()),
                lie(
                        "a proof out of order",
                        new Authentication.SaslFinal(Payload.of("v="))::writeTo),
                lie("no mechanism", new Authentication.Sasl(List.of())::writeTo),
                lie(
                        "PLUS without TLS",
                        new Authentication.Sasl(List.of("SCRAM-SHA-256-PLUS"))::writeTo),
                lie(
                        "accepted in the midst of SCRAM",
                        out -> {
                            new Authentication.Sasl(List.of("SCRAM-SHA-256")).writeTo(out);
                            new Authentication.Ok().writeTo(out);
                        }),
                lie("Kerberos", new Authentication.Unsupported(7)::writeTo),
                lie("a huge message", out -> out.int8('R').int32(1 << 30)),
                lie("a short message", out -> out.int8('R').int32(2)),
                lie(
                        "a version never asked for",
                        new NegotiateProtocolVersion(ProtocolVersion.of(3, 7), List.of())::writeTo),
                lie("refused", Diagnostic.fatal("28000", "not you")::writeTo));
    }

    private static Arguments lie(String what, Consumer<MessageWriter> words) {
        return Arguments.of(what, words);
    }

    private static TestProxy proxy(int port, Duration patience) {
        return TestProxy.start(
                TestSettings.of(port)
                        .change(Changed.users(AuthMethod.SCRAM_SHA_256, "alice", "sesame"))
                        .times(old -> Timeout.login(old, patience)));
    }

    private static WireClient login(TestProxy proxy) {
        WireClient client = WireClient.connect(proxy.address(), PATIENCE);
        try {
            return client.login(
                    StartupMessage.of(ProtocolVersion.V3_0, "alice", TestSettings.DATABASE),
                    Credentials.password("sesame"));
        } catch (RuntimeException refused) {
            client.close();
            throw refused;
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lies")
    void aLieIsNotBelieved(String what, Consumer<MessageWriter> words) throws IOException {
        try (Liar liar = Liar.saying(words);
                TestProxy proxy = proxy(liar.socket().getLocalPort(), Duration.ofMillis(500))) {
            assertThatThrownBy(() -> login(proxy)).as(what).isInstanceOf(ServerError.class);
        }
    }

    @Test
    void aServerOfProtocolThreeZeroWillDo() throws IOException {
        Consumer<MessageWriter> words =
                out -> {
                    new NegotiateProtocolVersion(ProtocolVersion.V3_0, List.of()).writeTo(out);
                    new Authentication.Ok().writeTo(out);
                    new ParameterStatus("server_version", "14.0").writeTo(out);
                    new BackendKeyData(CancelKey.of(7, new byte[4])).writeTo(out);
                    FixedMessage.READY_IDLE.writeTo(out);
                };
        try (Liar old = Liar.saying(words);
                TestProxy proxy = proxy(old.socket().getLocalPort(), PATIENCE);
                WireClient client = login(proxy)) {
            assertThat(client.parameters()).containsEntry("server_version", "14.0");
        }
    }

    @Test
    @Tag("peers")
    void debiansServerWillDo() {
        try (TestServer server = TestServer.start(15)) {
            server.execute("CREATE USER alice PASSWORD 'sesame'");
            try (TestProxy proxy = proxy(server.port(), PATIENCE);
                    WireClient client = login(proxy)) {
                assertThat(client.value("SHOW server_version").orElseThrow()).startsWith("15");
            }
        }
    }
}
