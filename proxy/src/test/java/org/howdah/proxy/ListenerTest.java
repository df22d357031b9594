package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.howdah.embedded.TestServer;
import org.howdah.wire.BackendType;
import org.howdah.wire.Bind;
import org.howdah.wire.Credentials;
import org.howdah.wire.Execute;
import org.howdah.wire.FixedMessage;
import org.howdah.wire.Frame;
import org.howdah.wire.NotificationResponse;
import org.howdah.wire.Parse;
import org.howdah.wire.ProtocolVersion;
import org.howdah.wire.StartupMessage;
import org.howdah.wire.WireClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** LISTEN in transaction mode, message by message. */
class ListenerTest {

    private static TestServer server;

    private TestProxy proxy;
    private WireClient own;
    private WireClient other;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void connect() {
        proxy = TestProxy.start(TestSettings.of(server.port()).poolSize(2));
        own = client();
        other = client();
    }

    @AfterEach
    void disconnect() {
        own.close();
        other.close();
        proxy.close();
    }

    private WireClient client() {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), proxy.port());
        return WireClient.connect(address, Duration.ofSeconds(20))
                .login(
                        StartupMessage.of(ProtocolVersion.V3_0, "postgres", TestSettings.DATABASE),
                        Credentials.none());
    }

    @Test
    void aRollbackTakesListenBack() {
        own.query("BEGIN");
        own.query("LISTEN lost");
        own.query("ROLLBACK");
        own.query("LISTEN kept");
        other.query("NOTIFY lost, 'a'");
        other.query("NOTIFY kept, 'b'");
        assertThat(next()).isEqualTo("kept b");
    }

    @Test
    void nothingIsLostBetweenListenAndItsCommit() {
        own.query("BEGIN");
        own.query("LISTEN news");
        other.query("NOTIFY news, 'early'");
        List<Frame> answer = own.query("COMMIT");
        assertThat(answer).noneMatch(frame -> frame.is(BackendType.NOTIFICATION_RESPONSE));
        assertThat(next()).isEqualTo("news early");
    }

    @Test
    void notificationsWaitForTheEndOfATransaction() {
        own.query("LISTEN news");
        own.query("BEGIN");
        for (int i = 0; i < 5; i++) {
            other.query("NOTIFY news, '" + i + "'");
        }
        assertThat(own.query("SELECT pg_sleep(0.3)"))
                .noneMatch(frame -> frame.is(BackendType.NOTIFICATION_RESPONSE));
        own.query("COMMIT");
        assertThat(Stream.generate(this::next).limit(5))
                .containsExactly("news 0", "news 1", "news 2", "news 3", "news 4");
    }

    @Test
    void aFailedTransactionRefusesListen() {
        own.query("BEGIN");
        own.query("SELECT 1/0");
        assertThat(own.query("LISTEN news"))
                .anyMatch(frame ->
                        frame.is(BackendType.ERROR_RESPONSE)
                                && frame.diagnostic().sqlState().equals("25P02"));
        own.query("COMMIT");
        own.query("LISTEN other");
        other.query("NOTIFY news");
        other.query("NOTIFY other, 'x'");
        assertThat(next()).isEqualTo("other x");
    }

    @Test
    void anErrorInTheSameGroupTakesListenBack() {
        own.send(out -> {
            new Parse("", "LISTEN news", List.of()).writeTo(out);
            Bind.texts("", List.of()).writeTo(out);
            new Execute("", 0).writeTo(out);
            new Parse("", "SELECT 1/0", List.of()).writeTo(out);
            Bind.texts("", List.of()).writeTo(out);
            new Execute("", 0).writeTo(out);
            FixedMessage.SYNC.writeTo(out);
        });
        assertThat(own.receiveUntilReady())
                .anyMatch(frame -> frame.is(BackendType.ERROR_RESPONSE))
                .filteredOn(frame -> frame.is(BackendType.COMMAND_COMPLETE))
                .hasSize(1);
        own.query("LISTEN other");
        other.query("NOTIFY news");
        other.query("NOTIFY other, 'x'");
        assertThat(next()).isEqualTo("other x");
    }

    @Test
    void aGapIsTold() {
        own.query("LISTEN news");
        server.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE query = 'LISTEN \"news\"'");
        Frame notice = own.receive();
        assertThat(notice.is(BackendType.NOTICE_RESPONSE)).isTrue();
        assertThat(notice.diagnostic().sqlState()).isEqualTo("01000");
        other.query("NOTIFY news, 'again'");
        assertThat(next()).isEqualTo("news again");
    }

    @Test
    void aReconnectIsAGapToo() {
        own.query("LISTEN news");
        proxy.proxy().pools().all().forEach(Pool::reconnect);
        assertThat(own.receive().diagnostic().sqlState()).isEqualTo("01000");
        other.query("NOTIFY news, 'again'");
        assertThat(next()).isEqualTo("news again");
    }

    @Test
    void manyListenersNeedOneConnection() {
        List<WireClient> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            WireClient client = client();
            client.query("LISTEN news");
            client.query("LISTEN \"News\"");
            clients.add(client);
        }
        other.query("NOTIFY news, 'all'");
        for (WireClient client : clients) {
            assertThat(text(client.receive())).isEqualTo("news all");
        }
        assertThat(proxy.pins()).isEmpty();
        assertThat(other.value("SELECT count(*) FROM pg_stat_activity WHERE datname IS NOT NULL"))
                .hasValueSatisfying(count -> assertThat(Integer.parseInt(count)).isLessThan(5));
        clients.forEach(WireClient::close);
        Awaitility.await()
                .until(() ->
                        other.value(
                                        "SELECT count(*) FROM pg_stat_activity"
                                                + " WHERE query LIKE 'UNLISTEN%'")
                                .orElse("")
                                .equals("1"));
    }

    private String next() {
        return text(own.receive());
    }

    private static String text(Frame frame) {
        var notification = frame.as(NotificationResponse::parseFrom);
        return notification.channel() + " " + notification.payload();
    }
}
