package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.SocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.howdah.embedded.TestServer;
import org.howdah.transport.TransportKind;
import org.howdah.wire.Credentials;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.WireClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DoorsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(TransportKind.class)
    void clientsGoToAllLoopsInTurn(TransportKind transport, @TempDir Path directory) {
        TestSettings settings =
                TestSettings.of(server.port())
                        .transport(transport)
                        .loops(3)
                        .poolSize(2)
                        .change(Changed.listen(old -> in(old, old.port(), directory)));
        List<WireClient> clients = new ArrayList<>();
        try (TestProxy proxy = TestProxy.start(settings)) {
            assertThat(proxy.proxy().addresses()).hasSize(2);
            for (SocketAddress address : proxy.proxy().addresses()) {
                for (int i = 0; i < 6; i++) {
                    clients.add(login(address));
                }
            }
            for (WireClient client : clients) {
                assertThat(client.value("SELECT 1")).contains("1");
            }
            assertThat(
                            proxy.proxy().clientTable().all().stream()
                                    .collect(
                                            Collectors.groupingBy(
                                                    Client::home, Collectors.counting()))
                                    .values())
                    .containsExactly(4L, 4L, 4L);
        } finally {
            clients.forEach(WireClient::close);
        }
    }

    private static WireClient login(SocketAddress address) {
        return WireClient.connect(address, PATIENCE)
                .login(
                        StartupMessage.of(ProtocolVersion.V3_0, "postgres", TestSettings.DATABASE),
                        Credentials.none());
    }

    private static ListenSettings in(ListenSettings old, int port, Path directory) {
        return new ListenSettings(
                old.addresses(),
                port,
                List.of(directory),
                old.unixGroup(),
                old.sockets(),
                old.transport(),
                old.loops());
    }

    @Test
    void aPortThatIsTakenIsNoticed(@TempDir Path directory) {
        try (TestProxy first = TestProxy.start(TestSettings.of(server.port()))) {
            TestSettings same =
                    TestSettings.of(server.port())
                            .loops(2)
                            .change(Changed.listen(old -> in(old, first.port(), directory)));
            assertThatThrownBy(() -> TestProxy.start(same).close())
                    .hasMessageContaining("cannot listen on");
        }
    }
}
