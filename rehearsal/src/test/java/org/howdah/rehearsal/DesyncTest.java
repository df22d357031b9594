package org.howdah.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Half a minute of the desync fuzzer; {@code auto} is io_uring where the system grants it. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class DesyncTest {

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
    @CsvSource({
        "1, SESSION, nio, 1",
        "2, SESSION, auto, 2",
        "3, TRANSACTION, nio, 1",
        "4, TRANSACTION, nio, 2",
        "5, TRANSACTION, auto, 1",
        "6, TRANSACTION, auto, 2",
        "7, STATEMENT, nio, 2",
        "8, STATEMENT, auto, 1"
    })
    void nobodyGetsWhatIsNotHis(long seed, DesyncOptions.Mode mode, String transport, int loops) {
        DesyncOptions options =
                DesyncOptions.of(seed, mode)
                        .transport(transport)
                        .loops(loops)
                        .duration(Duration.ofMillis(3500));
        DesyncResult result = new Desync(options, server.server(), operations -> {}).run();
        assertThat(result.problem()).isEmpty();
        assertThat(result.operations()).isGreaterThan(500);
    }

    @Test
    void theServerItselfIsRight() {
        DesyncOptions options =
                DesyncOptions.of(9, DesyncOptions.Mode.SESSION).duration(Duration.ofSeconds(2));
        DesyncResult result =
                new Desync(options, server.server(), operations -> {}).against(address(server));
        assertThat(result.problem()).isEmpty();
    }

    @Test
    void aRowOfSomebodyElseIsFound() throws IOException {
        DesyncOptions options =
                DesyncOptions.of(10, DesyncOptions.Mode.SESSION).duration(Duration.ofSeconds(30));
        try (LyingRelay relay = LyingRelay.to(address(server))) {
            DesyncResult result =
                    new Desync(options, server.server(), operations -> {}).against(relay.address());
            assertThat(result.problem()).get().asString().contains("got c", "seed 10");
        }
    }

    private static InetSocketAddress address(TestServer server) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
    }
}
