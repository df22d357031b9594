package org.howdah.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The client against PostgreSQL 18: what it says is understood, and the other way round. */
class WireClientTest {

    private static LoginServer server;

    @BeforeAll
    static void start(@TempDir Path scratch) throws Exception {
        server = LoginServer.start(scratch);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"0, 3.0, 4", "2, 3.2, 32", "9999, 3.2, 32"})
    void agreesOnAVersion(int minor, String agreed, int secretBytes) {
        StartupMessage asked =
                StartupMessage.of(ProtocolVersion.of(3, minor), "postgres", LoginServer.DATABASE)
                        .with("_pq_.unknown", "on");
        try (WireClient client = server.login(asked, Credentials.none())) {
            assertThat(client.version()).hasToString(agreed);
            assertThat(client.cancelKey().orElseThrow().secretBytes()).isEqualTo(secretBytes);
        }
    }

    @Test
    void cancelsOverTcpAndUnix() {
        StartupMessage startup =
                StartupMessage.of(ProtocolVersion.V3_2, "postgres", LoginServer.DATABASE);
        for (SocketAddress address : List.of(server.tcp(), server.unix())) {
            try (WireClient client = WireClient.connect(address, LoginServer.PATIENCE)) {
                client.login(startup, Credentials.none());
                String pid = client.value("SELECT pg_backend_pid()").orElseThrow();
                client.send(new Query("SELECT pg_sleep(60)")::writeTo);
                await().until(() -> asleep(pid));
                client.cancel();
                List<Frame> answer = client.receiveUntilReady();
                assertThat(answer)
                        .filteredOn(frame -> frame.is(BackendType.ERROR_RESPONSE))
                        .singleElement()
                        .satisfies(error ->
                                assertThat(error.diagnostic().sqlState())
                                        .isEqualTo(SqlState.QUERY_CANCELED));
                assertThat(client.value("SELECT 1")).contains("1");
            }
        }
    }

    private static boolean asleep(String pid) {
        try (WireClient observer = server.login("postgres", Credentials.none())) {
            return observer.value("SELECT wait_event FROM pg_stat_activity WHERE pid = " + pid)
                    .filter("PgSleep"::equals)
                    .isPresent();
        }
    }

    @Test
    void speaksTheExtendedProtocol() {
        try (WireClient client = server.login("postgres", Credentials.none())) {
            client.send(out -> {
                new Parse("s", "SELECT $1::int + 1, $2::text", List.of(23)).writeTo(out);
                Describe.statement("s").writeTo(out);
                Bind.texts("s", List.of("41", "é")).writeTo(out);
                Describe.portal("").writeTo(out);
                Execute.all().writeTo(out);
                Close.statement("s").writeTo(out);
                FixedMessage.SYNC.writeTo(out);
            });
            List<Frame> answer = client.receiveUntilReady();
            assertThat(answer)
                    .extracting(frame -> BackendType.name(frame.type()))
                    .containsExactly(
                            "ParseComplete",
                            "ParameterDescription",
                            "RowDescription",
                            "BindComplete",
                            "RowDescription",
                            "DataRow",
                            "CommandComplete",
                            "CloseComplete",
                            "ReadyForQuery");
            assertThat(answer.get(2).as(RowDescription::parseFrom).columns())
                    .extracting(Column::type)
                    .containsExactly(23, 25);
            assertThat(answer.get(5).as(DataRow::parseFrom))
                    .isEqualTo(DataRow.of(List.of("42", "é")));
            assertThat(answer.get(6).as(CommandComplete::parseFrom).tag()).isEqualTo("SELECT 1");
        }
    }

    @Test
    void readsErrorsNoticesAndNotifications() {
        try (WireClient client = server.login("postgres", Credentials.none())) {
            client.query("LISTEN news");
            List<Frame> answer =
                    client.query(
                            "DO $$ BEGIN RAISE NOTICE 'hello' USING HINT = 'why'; END $$;"
                                    + " NOTIFY news, 'now'; SELECT nothing FROM nowhere");
            Diagnostic notice = answer.getFirst().diagnostic();
            assertThat(notice.severity()).isEqualTo(Severity.NOTICE);
            assertThat(notice.message()).isEqualTo("hello");
            assertThat(notice.hint()).contains("why");
            Diagnostic error = answer.get(answer.size() - 2).diagnostic();
            assertThat(error.severity()).isEqualTo(Severity.ERROR);
            assertThat(error.sqlState()).isEqualTo("42P01");
            assertThat(error.field('P')).isPresent();
            assertThatThrownBy(() -> client.value("SELECT nothing FROM nowhere"))
                    .isInstanceOf(ServerError.class);
            assertThat(client.query("NOTIFY news, 'later'"))
                    .filteredOn(frame -> frame.is(BackendType.NOTIFICATION_RESPONSE))
                    .singleElement()
                    .satisfies(frame ->
                            assertThat(frame.as(NotificationResponse::parseFrom).payload())
                                    .isEqualTo("later"));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void doesNotWaitForEver(boolean overUnix) {
        Duration brief = Duration.ofMillis(100);
        StartupMessage startup =
                StartupMessage.of(ProtocolVersion.V3_2, "postgres", LoginServer.DATABASE);
        try (WireClient client =
                WireClient.connect(overUnix ? server.unix() : server.tcp(), brief)) {
            client.login(startup, Credentials.none());
            client.send(new Query("SELECT pg_sleep(5)")::writeTo);
            UncheckedIOException late =
                    catchThrowableOfType(UncheckedIOException.class, client::receive);
            assertThat(late).hasCauseInstanceOf(SocketTimeoutException.class);
        }
    }
}
