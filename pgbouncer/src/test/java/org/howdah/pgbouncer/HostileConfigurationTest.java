package org.howdah.pgbouncer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problem;
import org.howdah.proxy.Problems;
import org.howdah.proxy.RawSettings;
import org.howdah.proxy.SettingKey;
import org.howdah.proxy.SettingKeys;
import org.howdah.proxy.SettingsBuilder;
import org.howdah.proxy.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file has in it: settings, or sentences about it; never anything else. */
class HostileConfigurationTest {
    private static final List<String> PIECES =
            List.of(
                    "[pgbouncer]",
                    "[databases]",
                    "[users]",
                    "[peers]",
                    "[",
                    "]",
                    "=",
                    " = ",
                    "'",
                    "''",
                    "\"",
                    "\n",
                    "\r\n",
                    " ",
                    "\t",
                    "#",
                    " # ",
                    ";",
                    "%include ",
                    "x.ini",
                    "pgbouncer.ini",
                    "password=",
                    "hush",
                    "*",
                    "host=a,b,,c",
                    "port=",
                    "0",
                    "-1",
                    "99999999999999999999",
                    "0x",
                    "08",
                    "1e308",
                    "NaN",
                    "ms",
                    ".",
                    "\u0000",
                    "\\",
                    "é",
                    "\ud83d\ude00",
                    "local",
                    "host",
                    "all",
                    "@x",
                    "/",
                    "(",
                    "1.2.3.4/",
                    "::/0",
                    "md5",
                    "trust",
                    "map=",
                    "options='-c a=b'",
                    "${x}",
                    "../../",
                    "/dev/null");

    @TempDir private Path directory;

    private String text(Random random) {
        StringBuilder text = new StringBuilder();
        List<SettingKey<?>> keys = SettingKeys.of(SettingKey.Scope.GLOBAL);
        int pieces = random.nextInt(40);
        for (int i = 0; i < pieces; i++) {
            text.append(
                    random.nextInt(4) == 0
                            ? "\n" + keys.get(random.nextInt(keys.size())).name() + " = "
                            : PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    @Test
    void iniFiles() throws IOException {
        for (int seed = 0; seed < 2_000; seed++) {
            String text = text(new Random(seed));
            Files.writeString(directory.resolve("x.ini"), text);
            Problems problems = new Problems();
            RawSettings raw = IniFile.read("x.ini", directory, problems);
            try {
                SettingsBuilder.build(raw, new LoginFiles(directory, Map.of()), problems);
                ConfigurationConverter.convert(raw, problems);
            } catch (SettingsException wrong) {
                assertThat(wrong.errors()).as(text).isNotEmpty();
            }
            raw.shown();
            assertThat(problems.all())
                    .as(text)
                    .extracting(Problem::toString)
                    .allMatch(line -> line.length() < 2_000 && !line.contains("\n"));
        }
    }

    @Test
    void userListsAndRules() throws IOException {
        for (int seed = 0; seed < 2_000; seed++) {
            Files.writeString(directory.resolve("x.ini"), text(new Random(seed)));
            Files.writeString(directory.resolve("y.ini"), text(new Random(-seed)));
            Problems problems = new Problems();
            LoginFiles files = new LoginFiles(directory, Map.of());
            Position named = new Position("test", 1);
            files.users(Path.of("x.ini"), named, problems);
            files.rules(Path.of("x.ini"), Optional.of(Path.of("y.ini")), named, problems);
            assertThat(problems.all()).allMatch(problem -> !problem.toString().contains("\n"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "'", "\"", "[", "a=", "%include ", " ", "\n", "a=''"})
    void veryLongLines(String piece) throws IOException {
        Files.writeString(directory.resolve("x.ini"), "[databases]\n" + piece.repeat(200_000));
        Problems problems = new Problems();
        IniFile.read("x.ini", directory, problems);
        LoginFiles files = new LoginFiles(directory, Map.of());
        files.users(Path.of("x.ini"), new Position("test", 1), problems);
        files.rules(
                Path.of("x.ini"), Optional.of(Path.of("x.ini")), new Position("test", 1), problems);
        assertThat(problems.all()).allMatch(problem -> problem.toString().length() < 2_000);
    }

    @Test
    void aDirectoryAndBytesThatAreNoText() throws IOException {
        Files.createDirectory(directory.resolve("d"));
        Files.write(directory.resolve("b"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        for (String file : List.of("d", "b", "missing", "\u0000")) {
            Problems problems = new Problems();
            IniFile.read(file, directory, problems);
            assertThat(problems.all()).as(file).hasSize(1);
        }
    }
}
