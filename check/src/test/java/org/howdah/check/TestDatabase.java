package org.howdah.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ListAssert;
import org.howdah.cluster.ClusterFacts;
import org.howdah.embedded.ServerOptions;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.howdah.remedy.Finding;

/** A database of its own for one test, on the server of its class, and what checks say of it. */
final class TestDatabase {
    private static final AtomicInteger CREATED = new AtomicInteger();

    private final TestServer server;
    private final String name;

    private TestDatabase(TestServer server, String name) {
        this.server = server;
        this.name = name;
    }

    /** A server on which autovacuum is on but never comes. */
    static TestServer server() {
        return TestServer.start(
                ServerOptions.throwaway().withSetting("autovacuum_naptime", "1000000"));
    }

    static TestDatabase on(TestServer server) {
        return new TestDatabase(
                server, server.createDatabase("checked_" + CREATED.incrementAndGet()));
    }

    Connection connect() throws SQLException {
        return server.connect(name);
    }

    /** Runs each statement by itself; what it counted is there for all to see before the next. */
    TestDatabase execute(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
                statement.execute("SELECT pg_stat_force_next_flush()");
            }
            return this;
        } catch (SQLException failure) {
            throw new AssertionError(failure);
        }
    }

    ClusterFacts facts() {
        return factsAs("postgres");
    }

    ClusterFacts factsAs(String role) {
        return ClusterFacts.of(catalog(role));
    }

    Catalog catalog(String role) {
        Dsn dsn = Dsn.of("127.0.0.1", server.port(), name, role);
        try (Session session = Session.open(dsn, SessionOptions.reading("check"))) {
            return Catalog.read(session);
        }
    }

    /** What the check finds. */
    ListAssert<Finding> findings(Check check) {
        return assertThat(found(check));
    }

    List<Finding> found(Check check) {
        Outcome outcome = check.run(facts());
        assertThat(outcome).isInstanceOf(Outcome.Checked.class);
        return ((Outcome.Checked) outcome).findings();
    }

    /** The check's only finding, about that subject, with its page's name. */
    Finding only(Check check, String subject) {
        List<Finding> findings = found(check);
        assertThat(findings).hasSize(1);
        Finding finding = findings.getFirst();
        assertThat(finding.subject().name()).isEqualTo(subject);
        assertThat(finding.check()).isEqualTo(check.id());
        assertThat(finding.summary()).endsWith(".");
        return finding;
    }

    void quiet(Check check) {
        findings(check).isEmpty();
    }
}
