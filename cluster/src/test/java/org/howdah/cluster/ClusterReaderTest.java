package org.howdah.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.SessionOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ClusterReaderTest {
    private static TestServer server;
    private final ClusterReader reader = new ClusterReader(SessionOptions.reading("cluster"));

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Dsn here() {
        return Dsn.of("127.0.0.1", server.port(), "postgres", "postgres");
    }

    private static Dsn nowhere() {
        return Dsn.of("127.0.0.1", 1, "postgres", "postgres");
    }

    @Test
    void readsTheWriter() {
        ClusterFacts facts = reader.read("orders", List.of(here()));
        assertThat(facts.main().inRecovery()).isFalse();
        assertThat(facts.readers()).isEmpty();
        assertThat(facts.unreachable()).isEmpty();
    }

    @Test
    void namesANodeThatCannotBeReached() {
        ClusterFacts facts = reader.read("orders", List.of(nowhere(), here()));
        assertThat(facts.main().inRecovery()).isFalse();
        assertThat(facts.unreachable()).singleElement().asString().contains("127.0.0.1:1");
    }

    @Test
    void failsWhereNoNodeCanBeReached() {
        assertThatThrownBy(() -> reader.read("orders", List.of(nowhere())))
                .isInstanceOfSatisfying(
                        HowdahException.class,
                        failure -> assertThat(failure.exitCode().number()).isEqualTo(3));
    }

    @Test
    void refusesTwoWriters() {
        assertThatThrownBy(() -> reader.read("orders", List.of(here(), here())))
                .isInstanceOf(HowdahException.class)
                .hasMessageContaining("both accept writes");
    }
}
