package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.howdah.check.Check;
import org.howdah.check.Checks;
import org.howdah.embedded.ClusterOptions;
import org.howdah.embedded.Host;
import org.howdah.embedded.LocalCluster;
import org.howdah.embedded.Server;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code howdah check} on a cluster that has faults. */
class CheckCommandTest {
    @TempDir private static Path directory;
    private static LocalCluster cluster;

    @BeforeAll
    static void start() throws Exception {
        cluster = LocalCluster.temporary(ClusterOptions.throwaway().withReaders(1), Host.local());
        try (Connection connection = cluster.writer().connect();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    CREATE TABLE public.crate (id bigint, depot int, note text);
                    CREATE TABLE public.depot (id int PRIMARY KEY, name text);
                    INSERT INTO public.depot SELECT n, 'depot ' || n FROM generate_series(1, 100) n;
                    INSERT INTO public.crate SELECT n, n % 100 + 1, repeat('x', 50) FROM generate_series(1, 50000) n;
                    ALTER TABLE public.crate ADD FOREIGN KEY (depot) REFERENCES public.depot;
                    CREATE ROLE watcher LOGIN;
                    ANALYZE;
                    """);
        }
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static String writer() {
        return cluster.writer().dsn(Server.DATABASE);
    }

    private static String reader() {
        return cluster.readers().getFirst().dsn(Server.DATABASE);
    }

    @Test
    void showsFindingsByShape() {
        Howdah.Result result = Howdah.in(directory).run("check", writer(), reader());
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out())
                .contains("missing-primary-key", "public.crate", "writer", "reader", "checks fine");
        assertThat(result.out().lines().filter(line -> line.length() > 80)).isEmpty();
    }

    @Test
    void theExitCodeFollowsFailOn() {
        Howdah howdah = Howdah.in(directory);
        String[] critical = {
            "check", writer(), "--only", "missing-primary-key", "--fail-on", "critical"
        };
        String[] notice = {
            "check", writer(), "--only", "missing-primary-key", "--fail-on", "notice"
        };
        assertThat(howdah.run(critical).exitCode()).isZero();
        assertThat(howdah.run(notice).exitCode()).isEqualTo(1);
    }

    @Test
    void printsOneDocumentForPrograms() {
        Howdah.Result result = Howdah.in(directory).run("check", "--json", writer(), reader());
        JsonNode document = result.json();
        assertThat(document.get("version").asInt()).isEqualTo(CheckJson.VERSION);
        JsonNode one = document.get("clusters").get(0);
        assertThat(one.get("nodes")).hasSize(2);
        assertThat(one.get("nodes").get(0).get("role").asString()).isEqualTo("writer");
        JsonNode finding =
                one.get("findings")
                        .valueStream()
                        .filter(node -> node.get("check").asString().equals("missing-primary-key"))
                        .findFirst()
                        .orElseThrow();
        assertThat(finding.get("subject").get("name").asString()).isEqualTo("public.crate");
        assertThat(finding.get("why").asString()).isNotBlank();
        int fine = one.get("summary").get("fine").asInt();
        assertThat(one.get("fine")).hasSize(fine);
    }

    @Test
    void theDocumentationKnowsEveryField() throws Exception {
        Howdah.Result result = Howdah.in(directory).run("check", "--json", writer(), reader());
        Set<String> documented = new TreeSet<>();
        Matcher example =
                Pattern.compile("```json\n(.*?)```", Pattern.DOTALL)
                        .matcher(Files.readString(Path.of("../docs/check-json.md")));
        assertThat(example.find()).isTrue();
        fields(JsonMapper.shared().readTree(example.group(1)), documented);
        Set<String> printed = new TreeSet<>();
        fields(result.json(), printed);
        assertThat(documented).containsAll(printed);
    }

    @Test
    void theDocumentationNamesChecksThatThereAre() throws Exception {
        List<String> ids = Checks.all().stream().map(Check::id).toList();
        String page = Files.readString(Path.of("../docs/check-json.md"));
        List<String> named =
                Stream.concat(
                                Pattern.compile("\"check\": \"([^\"]+)\"").matcher(page).results(),
                                Pattern.compile("\"fine\": \\[ \"([^\"]+)\"")
                                        .matcher(page)
                                        .results())
                        .map(match -> match.group(1))
                        .toList();
        assertThat(named).hasSizeGreaterThanOrEqualTo(3);
        assertThat(ids).containsAll(named);
    }

    @Test
    void whatOnlyStatementsShowIsExplainedToo() {
        Howdah.Result page = Howdah.in(directory).run("check", "--explain", "index-missing");
        assertThat(page.exitCode()).as(page.err()).isZero();
        assertThat(page.out()).startsWith("# index-missing");
    }

    @Test
    void aClusterThatCannotBeReachedIsNamedBesideTheOthers() throws Exception {
        Path here = Files.createDirectories(directory.resolve("several"));
        Files.writeString(
                here.resolve("howdah.yaml"),
                """
                clusters:
                  - {name: gone, nodes: ["postgresql://postgres@127.0.0.1:1/x"]}
                  - {name: depots, nodes: ["%s"]}
                """
                        .formatted(writer()));
        Howdah howdah = Howdah.in(here);
        Howdah.Result table = howdah.run("check", "--html", "both.html");
        assertThat(table.exitCode()).as(table.err()).isEqualTo(3);
        assertThat(table.out())
                .contains("depots", "missing-primary-key", "checks fine")
                .contains("gone", "not reached", "127.0.0.1:1", "Hint: ");
        assertThat(Files.readString(here.resolve("both.html"))).contains("gone, not reached");

        Howdah.Result program = howdah.run("check", "--json");
        assertThat(program.exitCode()).isEqualTo(3);
        JsonNode document = program.json();
        assertThat(document.get("clusters")).hasSize(1);
        assertThat(document.get("clusters").get(0).get("cluster").asString()).isEqualTo("depots");
        JsonNode failed = document.get("failed").get(0);
        assertThat(failed.get("cluster").asString()).isEqualTo("gone");
        assertThat(failed.get("reason").asString()).contains("127.0.0.1:1");
        assertThat(failed.get("hint").asString()).isNotBlank();
    }

    @Test
    void aMissingPasswordKeepsOnlyItsOwnClusterFromBeingChecked() throws Exception {
        Path here = Files.createDirectories(directory.resolve("unset"));
        Files.writeString(
                here.resolve("howdah.yaml"),
                """
                clusters:
                  - {name: vault, nodes: ["postgresql://db.invalid/x"], password_variable: VAULT}
                  - {name: named, nodes: ["postgresql://${NOBODY}@db.invalid/x"]}
                  - {name: depots, nodes: ["%s"]}
                """
                        .formatted(writer()));
        Howdah howdah = Howdah.in(here);
        Howdah.Result table = howdah.run("check");
        assertThat(table.exitCode()).as(table.err()).isEqualTo(3);
        assertThat(table.out())
                .contains("depots", "missing-primary-key", "checks fine")
                .contains("vault", "named", "not reached", "VAULT", "NOBODY");
        JsonNode document = howdah.run("check", "--json").json();
        assertThat(document.get("clusters")).hasSize(1);
        assertThat(document.get("failed").valueStream().map(one -> one.get("reason").asString()))
                .containsExactly(
                        "The environment variable VAULT, which the cluster vault needs, is not set",
                        "The environment variable NOBODY, which the cluster named needs, is not set");

        assertThat(howdah.run("check", "depots").exitCode()).isLessThanOrEqualTo(1);
        assertThat(howdah.run("check", "vault").exitCode()).isEqualTo(2);
        assertThat(howdah.run("check", "--cpus", "0").exitCode()).isEqualTo(2);
    }

    @Test
    void aReportThatCannotBeWrittenIsRefusedFirst() {
        Howdah.Result result =
                Howdah.in(directory).run("check", "--html", "no/such/place.html", writer());
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("place.html", "Hint: Choose a directory");
        assertThat(result.out()).isEmpty();
    }

    private static void fields(JsonNode node, Set<String> names) {
        node.propertyStream()
                .forEach(property -> {
                    names.add(property.getKey());
                    fields(property.getValue(), names);
                });
        if (node.isArray()) {
            node.valueStream().forEach(element -> fields(element, names));
        }
    }

    @Test
    void makesOnlyTheChecksThatAreAskedFor() {
        Howdah howdah = Howdah.in(directory);
        JsonNode only =
                howdah.run("check", "--json", "--only", "missing-primary-key", writer()).json();
        JsonNode one = only.get("clusters").get(0);
        assertThat(one.get("fine")).isEmpty();
        assertThat(one.get("findings").valueStream().map(node -> node.get("check").asString()))
                .containsOnly("missing-primary-key");
        JsonNode skipped =
                howdah.run("check", "--json", "--skip", "missing-primary-key", writer()).json();
        assertThat(skipped.toString()).doesNotContain("\"missing-primary-key\"");
    }

    @Test
    void writesAPageOfItsOwn() throws Exception {
        Howdah.Result result =
                Howdah.in(directory).run("check", "--html", "report.html", writer(), reader());
        assertThat(result.err()).contains("report.html");
        String page = Files.readString(directory.resolve("report.html"));
        assertThat(page).contains("<!doctype html>", "public.crate", "missing-primary-key");
        assertThat(page).doesNotContain("http://", "<script");
    }

    @Test
    void everyCheckHasAPageThatExplainShows() {
        Howdah howdah = Howdah.in(directory);
        List<String> ids = Checks.all().stream().map(Check::id).toList();
        assertThat(ids).hasSizeGreaterThanOrEqualTo(35).doesNotHaveDuplicates();
        assertThat(howdah.run("check", "--list").out().lines()).containsExactlyElementsOf(ids);
        ids.forEach(id -> {
            Howdah.Result page = howdah.run("check", "--explain", id);
            assertThat(page.exitCode()).as(id).isZero();
            assertThat(page.out()).as(id).startsWith("# ");
        });
    }

    @Test
    void saysWhatAPlainRoleMayNotSee() {
        String plain = writer().replace("postgres@", "watcher@");
        Howdah.Result result = Howdah.in(directory).run("check", "--json", plain);
        JsonNode gaps = result.json().get("clusters").get(0).get("notChecked");
        assertThat(gaps).isNotEmpty();
        assertThat(gaps.toString())
                .contains("GRANT pg_monitor TO \\\"watcher\\\"")
                .doesNotContain("{role}");
        Howdah.Result table = Howdah.in(directory).run("check", plain);
        assertThat(table.out()).contains("NOT CHECKED", "GRANT pg_monitor TO \"watcher\"");
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aLockHeldForEverDoesNotHoldTheCheck() throws Exception {
        try (Connection owner = cluster.writer().connect();
                Statement statement = owner.createStatement()) {
            owner.setAutoCommit(false);
            statement.execute("LOCK TABLE public.crate IN ACCESS EXCLUSIVE MODE");
            Howdah.Result result = Howdah.in(directory).run("check", writer());
            assertThat(result.exitCode()).isLessThanOrEqualTo(1);
            assertThat(result.out()).contains("public.crate", "lock");
            owner.rollback();
        }
    }

    @Test
    void aNodeThatIsDownIsNamed() {
        Howdah.Result result =
                Howdah.in(directory).run("check", writer(), "postgresql://postgres@127.0.0.1:1/x");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).contains("not reached", "127.0.0.1:1/x", "connection refused");
    }

    @Test
    void readsTheClustersOfTheConfigurationFile() throws Exception {
        Path here = Files.createDirectories(directory.resolve("configured"));
        Files.writeString(
                here.resolve("howdah.yaml"),
                """
                clusters:
                  - name: depots
                    nodes: ["${WRITER}", "%s"]
                    hardware: {memory: 4 GB, cpus: 2}
                """
                        .formatted(reader()));
        Howdah howdah = Howdah.in(here).with("WRITER", writer());
        JsonNode one = howdah.run("check", "--json").json().get("clusters").get(0);
        assertThat(one.get("cluster").asString()).isEqualTo("depots");
        assertThat(one.get("nodes")).hasSize(2);
        assertThat(howdah.run("check", "depots").out()).startsWith("depots");
    }
}
