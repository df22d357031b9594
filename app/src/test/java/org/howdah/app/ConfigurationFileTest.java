package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.howdah.postgres.Environment;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.proxy.SettingKey;
import org.howdah.proxy.SettingKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationFileTest {
    @Test
    void theExampleIsRight() {
        Configuration example = ConfigurationFile.parse(ConfigCommand.example(), "example");
        assertThat(example.clusters()).hasSize(1);
        Configuration.ClusterEntry shop = example.clusters().getFirst();
        assertThat(shop.nodes()).hasSize(2);
        assertThat(shop.hardware().flatMap(Configuration.HardwareEntry::memory))
                .contains(new ByteSize(64L << 30));
        assertThat(example.guards().flatMap(Configuration.GuardEntry::oldestTransaction))
                .contains(Duration.ofMinutes(1));
        assertThat(example.windows().getFirst().days())
                .contains(List.of(Configuration.Day.SAT, Configuration.Day.SUN));
    }

    @Test
    void theExampleShowsEveryKeyAndNoOther() {
        Set<String> keys = new TreeSet<>();
        collect(Configuration.class, keys);
        Set<String> shown =
                Pattern.compile("^[ #-]*([a-z_]+):( |$)", Pattern.MULTILINE)
                        .matcher(withoutProxysOwnKeys(ConfigCommand.example()))
                        .results()
                        .map(match -> match.group(1))
                        .collect(Collectors.toCollection(TreeSet::new));
        assertThat(shown).isEqualTo(keys);
    }

    /** The keys of the section proxy are of the proxy's table, and its documentation shows them. */
    private static String withoutProxysOwnKeys(String example) {
        return Pattern.compile("(?<=\nproxy:\n)(?: .*\n)+").matcher(example).replaceFirst("");
    }

    @Test
    void theProxyOfTheExampleIsRight() {
        ProxySection section =
                ConfigurationFile.parse(ConfigCommand.example(), "example").proxy().orElseThrow();
        assertThat(section.problems()).isEmpty();
        assertThat(section.settings().global())
                .isNotEmpty()
                .allSatisfy((key, value) ->
                        assertThat(SettingKeys.find(SettingKey.Scope.GLOBAL, key)).isPresent());
        assertThat(section.settings().databases()).containsOnlyKeys("shop", "*");
    }

    @Test
    void theDocumentationShowsTheExample() throws IOException {
        assertThat(Files.readString(Path.of("../docs/configuration.md")))
                .contains("```yaml\n" + ConfigCommand.example() + "```\n");
    }

    private static void collect(Class<?> type, Set<String> keys) {
        for (RecordComponent component : type.getRecordComponents()) {
            keys.add(component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT));
            Type inner = component.getGenericType();
            while (inner instanceof ParameterizedType parameterized) {
                inner = parameterized.getActualTypeArguments()[0];
            }
            if (inner instanceof Class<?> nested
                    && nested.isRecord()
                    && nested.getEnclosingClass() == Configuration.class) {
                collect(nested, keys);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    clutsers: []                                          | line 1, column 1  | "clutsers" | Did you mean "clusters"?
                    clusters:\\n  - name: a\\n    node: [x]               | line 3, column 5  | "node"     | Did you mean "nodes"?
                    clusters:\\n  - name: a                               | line 2            | nodes      | config example
                    policies:\\n  - kind: vacuum\\n    mode: applly       | line 3, column 11 | applly     | advise, ask, apply
                    guards:\\n  max_replica_lag: soon                     | line 2, column 20 | "soon"     | config example
                    guards:\\n  reserve_disk: 5 parsecs                   | line 2            | parsecs    | config example
                    guards:\\n  max_active_sessions: many                 | line 2            | max_active_sessions | config example
                    windows:\\n  - from: "22:00"\\n    to: "04:00"\\n    zone: Mars/Base | line 4 | Mars/Base | config example
                    clusters: [                                           | line              | not YAML   | quotes
                    clusters: []\\nclusters: []                           | line 2            | Duplicate  | indentation
                    clusters: nonsense                                    | line 1            | wrong form | config example
                    clusters:\\n  - name: a\\n    nodes: [x, null]        | line 3            | empty      | remove it
                    """)
    void saysWhereItIsWrong(String text, String place, String what, String hint) {
        HowdahException wrong =
                catchThrowableOfType(
                        HowdahException.class,
                        () -> ConfigurationFile.parse(text.replace("\\n", "\n"), "howdah.yaml"));
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong.getMessage()).startsWith("howdah.yaml, " + place.strip());
        assertThat(wrong.getMessage()).contains(what.strip());
        assertThat(wrong.hint()).contains(hint.strip());
    }

    @ParameterizedTest
    @CsvSource({
        "64 GB,68719476736",
        "512MB,536870912",
        "1.5 TiB,1649267441664",
        "8kB,8192",
        "100 B,100"
    })
    void sizes(String text, long bytes) {
        assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
    }

    @ParameterizedTest
    @CsvSource({"100 ms,PT0.1S", "5s,PT5S", "1.5 min,PT90S", "2 h,PT2H", "7 d,PT168H"})
    void durations(String text, Duration duration) {
        assertThat(PlainDuration.parse(text)).isEqualTo(duration);
    }

    private static List<String> nodes(String yaml, Map<String, String> variables) {
        Environment environment = new Environment(variables, Path.of("/nonexistent"), "ada");
        return new Clusters(environment)
                        .nodes(
                                ConfigurationFile.parse(yaml, "test").clusters().getFirst(),
                                Clusters.Passwords.FETCHED)
                        .stream()
                        .map(dsn ->
                                dsn
                                        + " "
                                        + dsn.password().map(secret -> secret.reveal()).orElse("-"))
                        .toList();
    }

    @Test
    void nodesTakeWhatTheEnvironmentAndCommandsSay() {
        String yaml =
                """
                clusters:
                  - name: shop
                    nodes: ["postgresql://${DB_USER}@db1,db2/shop"]
                    %s
                """;
        Map<String, String> variables = Map.of("DB_USER", "bob", "SECRET", "s3cret");
        assertThat(nodes(yaml.formatted("password_variable: SECRET"), variables))
                .containsExactly(
                        "postgresql://bob@db1:5432/shop s3cret",
                        "postgresql://bob@db2:5432/shop s3cret");
        assertThat(nodes(yaml.formatted("password_command: printf 'pw1\\nrest'"), variables))
                .first()
                .isEqualTo("postgresql://bob@db1:5432/shop pw1");
        HowdahException unset =
                catchThrowableOfType(
                        HowdahException.class,
                        () -> nodes(yaml.formatted("password_variable: NONE"), variables));
        assertThat(unset).hasMessageContaining("NONE").hasMessageContaining("cluster shop");
        HowdahException failing =
                catchThrowableOfType(
                        HowdahException.class,
                        () -> nodes(yaml.formatted("password_command: 'false'"), variables));
        assertThat(failing).hasMessageContaining("printed no password");
    }

    @Test
    void isLookedForWhereItWasSaidThenHereThenAtHome() {
        Environment environment = new Environment(Map.of(), Path.of("/nonexistent"), "ada");
        assertThat(
                        ConfigurationFile.find(
                                Optional.of(Path.of("x.yaml")), Path.of("/here"), environment))
                .contains(Path.of("/here/x.yaml"));
        assertThat(ConfigurationFile.find(Optional.empty(), Path.of("/nonexistent"), environment))
                .isEmpty();
    }
}
