package org.howdah.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.howdah.advisor.StatementSamples;
import org.howdah.check.Checks;
import org.howdah.cluster.ClusterReader;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Environment;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.howdah.remedy.Approval;
import org.howdah.remedy.GuardLimits;
import org.howdah.remedy.Journal;
import org.howdah.remedy.Policy;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.RemedyOutcome;
import org.howdah.remedy.RemedyRunner;
import org.howdah.remedy.RemedyState;
import org.howdah.remedy.RunListener;
import org.howdah.remedy.RunnerOptions;
import org.howdah.remedy.Target;
import org.howdah.repository.Repository;
import org.howdah.repository.RepositoryOptions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class MendingTest {
    private static TestServer server;
    private static Repository repository;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        repository =
                Repository.open(
                        RepositoryOptions.at(dsn(server.createDatabase("journal"))),
                        new Environment(Map.of(), Environment.ofProcess().home(), "postgres"),
                        Clock.systemUTC());
    }

    @AfterAll
    static void stop() {
        repository.close();
        server.close();
    }

    private static Dsn dsn(String database) {
        return Dsn.of("127.0.0.1", server.port(), database, "postgres");
    }

    /** A table that is asked for by a column without an index, and has one index twice. */
    private static Mending neglected(String database) {
        server.createDatabase(database);
        try (Session session = Session.open(dsn(database), SessionOptions.watched("test"))) {
            session.execute("CREATE EXTENSION pg_stat_statements SCHEMA public");
            session.execute(
                    "CREATE TABLE public.parcel (id int PRIMARY KEY, code text, weight int)");
            session.execute(
                    "INSERT INTO public.parcel SELECT i, 'P' || i, i % 50"
                            + " FROM pg_catalog.generate_series(1, 60000) i");
            session.execute("CREATE INDEX once ON public.parcel (weight)");
            session.execute("CREATE INDEX again ON public.parcel (weight)");
            for (int i = 0; i < 40; i++) {
                session.query(
                        "SELECT id FROM public.parcel WHERE code = ?",
                        row -> row.getInt(1),
                        "P" + i);
            }
        }
        Examiner examiner =
                new Examiner(new ClusterReader(SessionOptions.reading("test")), Checks.all());
        return new Mending(
                examiner,
                database,
                List.of(dsn(database)),
                StatementSamples.none(),
                MendingTest::inTheDatabase);
    }

    /** Settings would be changed for all tests. */
    private static boolean inTheDatabase(Remedy remedy) {
        return !remedy.kind().equals("setting");
    }

    private static RemedyRunner runner(String database, Policy policy) {
        return new RemedyRunner(
                new Target(database, dsn(database)),
                new Journal(repository),
                policy,
                GuardLimits.defaults(),
                RunnerOptions.defaults(),
                RandomGenerator.getDefault());
    }

    private static List<String> kinds(Mended mended, RemedyState state) {
        return mended.outcomes()
                .filter(outcome -> outcome.state() == state)
                .map(RemedyOutcome::planned)
                .map(planned -> planned.remedy().kind())
                .distinct()
                .toList();
    }

    @Test
    void mendsPhaseByPhaseUntilNothingIsLeft() {
        Mending mending = neglected("post");
        List<Phase> phases = new ArrayList<>();
        Mended mended =
                mending.apply(
                        mending.diagnose(),
                        runner("post", Policy.applyAll()),
                        Approval.NOBODY,
                        (phase, _) -> phases.add(phase),
                        RunListener.SILENT);
        assertThat(kinds(mended, RemedyState.DONE))
                .contains("analyze", "create-index", "drop-index");
        assertThat(phases).isSorted().contains(Phase.SETTLE, Phase.INDEX, Phase.TRIM);
        assertThat(mending.diagnose().plan().remedies())
                .filteredOn(planned -> inTheDatabase(planned.remedy()))
                .isEmpty();
    }

    @Test
    void changesNothingThatThePolicyDoesNotAllow() {
        Mending mending = neglected("letters");
        Mended mended =
                mending.apply(
                        mending.diagnose(),
                        runner("letters", Policy.advise()),
                        Approval.NOBODY,
                        (_, _) -> {},
                        RunListener.SILENT);
        assertThat(kinds(mended, RemedyState.DONE)).isEmpty();
        assertThat(mending.diagnose().plan().remedies()).isNotEmpty();
    }

    @Test
    void aDatabaseWithoutStatementsSaysWhyThereIsNoAdvice() {
        String database = server.createDatabase("bare");
        Examiner examiner =
                new Examiner(new ClusterReader(SessionOptions.reading("test")), Checks.all());
        Diagnosis diagnosis =
                examiner.examine(database, List.of(dsn(database)), StatementSamples.none());
        assertThat(diagnosis.unadvised()).isPresent();
    }
}
