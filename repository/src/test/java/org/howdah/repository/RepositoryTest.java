package org.howdah.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.howdah.embedded.Host;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Environment;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.Secret;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepositoryTest {
    private static final Environment ENVIRONMENT = Environment.ofProcess();
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static Dsn database() {
        return Dsn.parse(
                server.dsn(server.createDatabase("state" + DATABASES.incrementAndGet())),
                ENVIRONMENT);
    }

    private static Repository open(Dsn dsn) {
        return Repository.open(RepositoryOptions.at(dsn), ENVIRONMENT, Clock.systemUTC());
    }

    private static Repository open(Dsn dsn, Migration... migrations) {
        return Repository.open(
                RepositoryHome.open(RepositoryOptions.at(dsn), ENVIRONMENT),
                2,
                Clock.systemUTC(),
                List.of(migrations));
    }

    private static int versions(Repository repository) {
        return repository.inTransaction(transaction ->
                transaction.one("SELECT count(*) FROM howdah.migration", row -> row.getInt(1)));
    }

    private static final Migration FIRST =
            Migration.of(
                    "V001__first.sql",
                    "CREATE TABLE howdah.first (id int); CREATE TABLE howdah.more (id int)");
    private static final Migration SECOND =
            Migration.of("V002__second.sql", "ALTER TABLE howdah.first ADD COLUMN name text");

    @Test
    void everyStepOfTheBuildIsListed() throws Exception {
        Path resources =
                Path.of(Migration.class.getResource("V001__journal.sql").toURI()).getParent();
        try (var files = Files.list(resources)) {
            assertThat(files.filter(file -> file.toString().endsWith(".sql")).count())
                    .isEqualTo(Migration.all().size());
        }
        assertThat(Migration.all().stream().map(Migration::version))
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, Migration.all().size()).boxed().toList());
    }

    @Test
    void schemaIsMadeOnceByManyThatStartTogether() {
        Dsn dsn = database();
        List<CompletableFuture<Integer>> starts = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            CompletableFuture<Integer> start = new CompletableFuture<>();
            starts.add(start);
            Thread.ofVirtual()
                    .start(() -> {
                        try (Repository repository = open(dsn)) {
                            start.complete(versions(repository));
                        } catch (RuntimeException failure) {
                            start.completeExceptionally(failure);
                        }
                    });
        }
        assertThat(starts).allMatch(start -> start.join() == Migration.all().size());
    }

    @Test
    void stepsAreAddedAndAFailedOneChangesNothing() {
        Dsn dsn = database();
        open(dsn, FIRST).close();
        Migration broken =
                Migration.of(
                        "V002__broken.sql",
                        "CREATE TABLE howdah.half (id int); ALTER TABLE howdah.nowhere ADD x int");
        assertThatThrownBy(() -> open(dsn, FIRST, broken))
                .isInstanceOf(RepositoryException.class)
                .hasMessageContaining("nowhere");
        try (Repository repository = open(dsn, FIRST, SECOND)) {
            assertThat(versions(repository)).isEqualTo(2);
            assertThat(
                            repository.<Boolean>inTransaction(transaction ->
                                    transaction.one(
                                            "SELECT to_regclass('howdah.half') IS NULL",
                                            row -> row.getBoolean(1))))
                    .isTrue();
        }
    }

    @Test
    void newerAndChangedSchemasAreRefused() {
        Dsn dsn = database();
        open(dsn, FIRST, SECOND).close();
        RepositoryException newer =
                catchThrowableOfType(RepositoryException.class, () -> open(dsn, FIRST));
        assertThat(newer.code()).isEqualTo("repository-newer");
        assertThat(newer)
                .hasMessageContaining("has schema version 2 (second), this Howdah knows 1");
        assertThat(newer.hint()).contains("newer Howdah");

        Migration edited = Migration.of("V001__first.sql", "CREATE TABLE howdah.first (id bigint)");
        assertThat(
                        catchThrowableOfType(
                                        RepositoryException.class, () -> open(dsn, edited, SECOND))
                                .code())
                .isEqualTo("repository-changed");
    }

    @Test
    void transactionsAreWrittenEntirelyOrNotAtAll() {
        try (Repository repository = open(database(), FIRST)) {
            assertThatThrownBy(() ->
                            repository.inTransaction(transaction -> {
                                transaction.update("INSERT INTO howdah.first VALUES (1)");
                                throw new IllegalStateException("half way");
                            }))
                    .hasMessage("half way");
            assertThat(count(repository)).isZero();
            assertThat(
                            repository.<Integer>inTransaction(transaction ->
                                    transaction.update(
                                            "INSERT INTO howdah.first SELECT generate_series(1, ?)",
                                            3)))
                    .isEqualTo(3);
            assertThat(count(repository)).isEqualTo(3);
        }
    }

    private static int count(Repository repository) {
        return repository.inTransaction(transaction ->
                transaction.one("SELECT count(*) FROM howdah.first", row -> row.getInt(1)));
    }

    @Test
    void parametersOfAllKinds() {
        try (Repository repository = open(database(), FIRST)) {
            UUID uuid = new UUID(1, 2);
            Instant instant = Instant.parse("2024-01-05T21:00:00Z");
            String all =
                    repository.inTransaction(transaction ->
                            transaction.one(
                                    "SELECT concat_ws('|', ?::text, ?::bigint, ?::uuid, ?::timestamptz AT TIME ZONE 'UTC', ?::text, (?::text[])[2], coalesce(?::text, 'none'), coalesce(?::bigint, 7))",
                                    row -> row.getString(1),
                                    "text",
                                    5L,
                                    uuid,
                                    instant,
                                    ExitCode.REFUSED,
                                    List.of("a", "b,\"c\""),
                                    Optional.empty(),
                                    OptionalLong.empty()));
            assertThat(all)
                    .isEqualTo("text|5|" + uuid + "|2024-01-05 21:00:00|REFUSED|b,\"c\"|none|7");
        }
    }

    @Test
    void unreachableServerIsNamed() {
        HowdahException failure =
                catchThrowableOfType(
                        HowdahException.class,
                        () -> open(Dsn.of("127.0.0.1", 1, "state", "somebody")));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CANNOT_CONNECT);
        assertThat(failure).hasMessageContaining("127.0.0.1:1");
    }

    @Test
    void missingRightsAreNamedWithTheGrant() {
        Dsn dsn = database();
        server.execute("CREATE ROLE guest LOGIN PASSWORD 'guest'");
        RepositoryException failure =
                catchThrowableOfType(
                        RepositoryException.class,
                        () -> open(dsn.withUser("guest").withPassword(new Secret("guest"))));
        assertThat(failure.code()).isEqualTo("repository-not-allowed");
        assertThat(failure.hint()).contains("GRANT CREATE ON DATABASE \"" + dsn.database());
        assertThat(failure.passing()).isFalse();
    }

    @Test
    void fullDiskIsReportedAndNothingIsLost() {
        try (Repository repository = open(database(), FIRST)) {
            RepositoryException failure =
                    catchThrowableOfType(
                            RepositoryException.class,
                            () ->
                                    repository.inTransaction(transaction -> {
                                        transaction.update("INSERT INTO howdah.first VALUES (1)");
                                        transaction.execute(
                                                "DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '53100', MESSAGE = 'could not extend file: No space left on device'; END $$");
                                        return 0;
                                    }));
            assertThat(failure.code()).isEqualTo("repository-full");
            assertThat(failure.hint()).contains("Free space");
            assertThat(failure.passing()).isTrue();
            assertThat(count(repository)).isZero();
        }
    }

    @Test
    void serverThatGoesAwayIsReportedAndFoundAgain() {
        try (TestServer other = TestServer.start();
                Repository repository = open(Dsn.parse(other.dsn(), ENVIRONMENT), FIRST)) {
            assertThat(count(repository)).isZero();
            other.server().crash();
            RepositoryException failure =
                    catchThrowableOfType(RepositoryException.class, () -> count(repository));
            assertThat(failure.code()).isEqualTo("repository-unreachable");
            assertThat(failure.passing()).isTrue();
            other.server().start();
            await().atMost(Duration.ofSeconds(20))
                    .ignoreException(RepositoryException.class)
                    .until(() -> count(repository) == 0);
        }
    }

    @Test
    void ownServerIsSharedAndKeepsWhatWasWritten(@TempDir Path directory) throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path home = directory.resolve("repository");
        try (Repository first = shared(home);
                Repository second = shared(home)) {
            assertThat(second.dsn()).hasToString(first.dsn().toString());
            first.inTransaction(
                    transaction -> transaction.update("INSERT INTO howdah.first VALUES (1)"));
            assertThat(count(second)).isEqualTo(1);
        }
        assertThat(home.resolve("data/postmaster.pid")).doesNotExist();
        try (Repository again = shared(home)) {
            assertThat(count(again)).isEqualTo(1);
        }
    }

    private static Repository shared(Path directory) {
        return Repository.open(
                RepositoryHome.shared(directory, Host.local()),
                2,
                Clock.systemUTC(),
                List.of(FIRST));
    }
}
