package org.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceFileTest {
    @TempDir private Path home;
    @TempDir private Path system;

    private Dsn parse(String text, Map<String, String> variables) {
        return Dsn.parse(text, new Environment(variables, home, "ada"));
    }

    private void write(Path directory, String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    @Test
    void standsBetweenWhatIsGivenAndTheEnvironment() throws IOException {
        write(
                home,
                ".pg_service.conf",
                """
                # services
                [other]
                host=db0

                [shop]
                host=db1
                port = 5433
                dbname=shop
                [last]
                host=db2
                """);
        Map<String, String> variables = Map.of("PGHOST", "db9", "PGUSER", "eve");
        assertThat(parse("service=shop", variables)).hasToString("postgresql://eve@db1:5433/shop");
        assertThat(parse("postgresql:///depot?service=shop", variables))
                .hasToString("postgresql://eve@db1:5433/depot");
        assertThat(parse("", Map.of("PGSERVICE", "last")))
                .hasToString("postgresql://ada@db2:5432/ada");
    }

    @Test
    void isReadFromTheSystemsDirectoryWhenThePersonHasNone() throws IOException {
        write(system, "pg_service.conf", "[shop]\nhost=db5\n");
        Map<String, String> variables = Map.of("PGSYSCONFDIR", system.toString());
        assertThat(parse("service=shop", variables)).hasToString("postgresql://ada@db5:5432/ada");
        write(home, "mine.conf", "[shop]\nhost=db6\n");
        Map<String, String> both =
                Map.of(
                        "PGSYSCONFDIR", system.toString(),
                        "PGSERVICEFILE", home.resolve("mine.conf").toString());
        assertThat(parse("service=shop", both)).hasToString("postgresql://ada@db6:5432/ada");
    }

    @Test
    void saysWhatIsMissingOrWrong() throws IOException {
        assertThatThrownBy(() -> parse("service=shop", Map.of()))
                .hasMessageContaining("no service \"shop\"");
        assertThatThrownBy(() -> parse("service=shop", Map.of("PGSERVICEFILE", "/nonexistent")))
                .hasMessageContaining("/nonexistent does not exist");
        write(home, ".pg_service.conf", "[shop]\nhsot=db1\n[loop]\nservice=shop\n");
        HowdahException typo =
                catchThrowableOfType(HowdahException.class, () -> parse("service=shop", Map.of()));
        assertThat(typo).hasMessageContaining("line 2");
        assertThat(typo.hint()).isEqualTo("Did you mean \"host\"?");
        assertThatThrownBy(() -> parse("service=loop", Map.of()))
                .hasMessageContaining("another service");
    }
}
