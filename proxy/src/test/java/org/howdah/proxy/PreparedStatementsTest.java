package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Named and unnamed statements while the server connection changes under the client. */
class PreparedStatementsTest {

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void namedStatementsFollowTheirClients() throws Exception {
        try (TestProxy proxy = TestProxy.start(TestSettings.of(server.port()).poolSize(3))) {
            run(proxy, 12, 40, "prepareThreshold=1");
        }
    }

    @Test
    void fewerPlacesThanStatements() throws Exception {
        TestSettings settings =
                TestSettings.of(server.port())
                        .poolSize(2)
                        .state(state -> PreparedStatementsTest.withStatements(state, 3));
        try (TestProxy proxy = TestProxy.start(settings)) {
            run(proxy, 6, 60, "prepareThreshold=1");
        }
    }

    @Test
    void unnamedStatementsThatComeOften() throws Exception {
        try (TestProxy proxy = TestProxy.start(TestSettings.of(server.port()).poolSize(2))) {
            run(proxy, 6, 60, "prepareThreshold=0");
        }
    }

    private static void run(TestProxy proxy, int clients, int rounds, String option)
            throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Integer>> work = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int id = i;
                work.add(() -> ask(proxy, id, rounds, option));
            }
            for (Future<Integer> answer : threads.invokeAll(work)) {
                assertThat(answer.get()).isEqualTo(rounds);
            }
        }
    }

    private static int ask(TestProxy proxy, int id, int rounds, String option) throws SQLException {
        int right = 0;
        try (Connection connection = proxy.connect(option)) {
            List<PreparedStatement> statements = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                statements.add(
                        connection.prepareStatement("SELECT ?::int * " + i + " + " + id % 3));
            }
            for (int i = 0; i < rounds; i++) {
                PreparedStatement statement = statements.get(i % statements.size());
                statement.setInt(1, i);
                try (ResultSet rows = statement.executeQuery()) {
                    rows.next();
                    right += rows.getInt(1) == i * (i % 7) + id % 3 ? 1 : 0;
                }
            }
        }
        return right;
    }

    @Test
    void anErrorInABatchSpoilsNothing() throws Exception {
        try (TestProxy proxy = TestProxy.start(TestSettings.of(server.port()).poolSize(1));
                Connection one = proxy.connect("prepareThreshold=1");
                Connection two = proxy.connect("prepareThreshold=1");
                PreparedStatement divide = one.prepareStatement("SELECT 1 / ?::int");
                PreparedStatement other = two.prepareStatement("SELECT 2 / ?::int")) {
            for (int i = 0; i < 10; i++) {
                int by = i % 3;
                for (PreparedStatement statement : List.of(divide, other)) {
                    statement.setInt(1, by);
                    if (by == 0) {
                        assertThatThrownBy(statement::executeQuery)
                                .hasMessageContaining("division by zero");
                    } else {
                        try (ResultSet rows = statement.executeQuery()) {
                            assertThat(rows.next()).isTrue();
                        }
                    }
                }
            }
        }
    }

    static StateSettings withStatements(StateSettings state, int most) {
        return new StateSettings(
                state.ignoredStartup(),
                state.trackedParameters(),
                state.resetQuery(),
                state.resetAlways(),
                state.checkQuery(),
                most,
                state.autoPrepare(),
                state.addHost(),
                state.welcome(),
                state.refuseSimple());
    }
}
