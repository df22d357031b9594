package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** What needs no server: help, versions, wrong usage. */
class CommandLineTest {
    @TempDir private Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    vresion                   | There is no command "vresion" | "version"
                    version now               | has no use for "now" | howdah version --help
                    --hlep                    | Unknown option     | howdah --help
                    check --fail-on urgent    | --fail-on          | howdah check --help
                    check --memory lots       | no size            | howdah check --help
                    check --only unusd-index  | unusd-index        | "unused-index"
                    check --explain nonsense  | nonsense           | ?
                    cluster                   | Missing command    | howdah cluster --help
                    cluster stert             | stert              | howdah cluster --help
                    config                    | Missing command    | howdah config --help
                    undo                      | ID                 | howdah undo --help
                    undo x                    | 'x'                | howdah undo --help
                    check hsot=db1            | "hsot"             | "host"
                    check --config nowhere    | nowhere            | config example
                    config check nowhere      | nowhere            | config example
                    """)
    void wrongUsageEndsWith2AndAHint(String command, String sentence, String hint) {
        Howdah.Result result = Howdah.in(directory).run(command.split(" "));
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.out()).isEmpty();
        List<String> lines = result.err().lines().toList();
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).startsWith("howdah: ").contains(sentence);
        assertThat(lines.getLast())
                .startsWith("Hint: ")
                .contains(hint.equals("?") ? "check" : hint);
    }

    @Test
    void withoutACommandItSaysWhatThereIs() {
        Howdah.Result result = Howdah.in(directory).run();
        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("Usage: howdah", "check", "fix", "tour", "Exit codes");
    }

    @Test
    void everyCommandHasHelpWithADescription() {
        Howdah howdah = Howdah.in(directory);
        Howdah.Result root = howdah.run("--help");
        assertThat(root.exitCode()).isZero();
        CommandLine commands =
                CommandLineInterface.commands(
                        new Context(
                                Surroundings.ofProcess(new Howdah.Interrupt()),
                                new GlobalOptions()));
        names(commands)
                .forEach(words -> {
                    Howdah.Result help =
                            howdah.run(
                                    Stream.concat(words.stream(), Stream.of("--help"))
                                            .toArray(String[]::new));
                    assertThat(help.exitCode()).as(words.toString()).isZero();
                    assertThat(help.out()).contains("Usage: howdah " + String.join(" ", words));
                    assertThat(help.out().lines().mapToInt(String::length).max().orElse(0))
                            .as(words.toString())
                            .isLessThanOrEqualTo(100);
                });
    }

    private static Stream<List<String>> names(CommandLine command) {
        return command.getSubcommands().entrySet().stream()
                .filter(entry -> !entry.getKey().equals("help"))
                .flatMap(entry ->
                        Stream.concat(
                                Stream.of(List.of(entry.getKey())),
                                names(entry.getValue())
                                        .map(rest ->
                                                Stream.concat(
                                                                Stream.of(entry.getKey()),
                                                                rest.stream())
                                                        .toList())));
    }

    @Test
    void versionForPeopleAndPrograms() {
        Howdah howdah = Howdah.in(directory);
        assertThat(howdah.run("version").out())
                .startsWith("howdah ")
                .contains("PostgreSQL 14 to 18");
        assertThat(howdah.run("version", "--json").json().get("oldestPostgres").asInt())
                .isEqualTo(14);
        assertThat(howdah.run("--json", "version").json().get("version").asString())
                .isEqualTo(Version.current())
                .doesNotContain("$");
    }

    @Test
    void stackTracesOnlyWithDebug() {
        Howdah howdah = Howdah.in(directory);
        assertThat(howdah.run("check", "hsot=x").err()).doesNotContain("\tat ");
        assertThat(howdah.run("check", "hsot=x", "--debug").err())
                .contains("HowdahException", "\tat ");
    }

    @Test
    void theExampleOfTheConfigurationIsAccepted() throws Exception {
        Howdah howdah = Howdah.in(directory);
        Howdah.Result example = howdah.run("config", "example");
        Files.writeString(directory.resolve("howdah.yaml"), example.out());
        Howdah.Result check = howdah.run("config", "check");
        assertThat(check.exitCode()).isZero();
        assertThat(check.out()).contains("shop  postgresql://howdah@db1.example.com:5432/shop");
        Files.writeString(directory.resolve("howdah.yaml"), "clutsers: []\n");
        Howdah.Result wrong = howdah.run("check");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err())
                .contains("howdah.yaml, line 1, column 1")
                .contains("Did you mean \"clusters\"?");
    }
}
