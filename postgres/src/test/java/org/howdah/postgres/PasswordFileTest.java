package org.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PasswordFileTest {
    @TempDir private Path directory;
    private Path file;
    private final List<String> warnings = new ArrayList<>();

    @BeforeEach
    void write() throws IOException {
        file = directory.resolve(".pgpass");
        Files.writeString(
                file,
                """
                # a comment
                db1:5432:shop:bob:first
                db1:5432:*:bob:any database
                localhost:5432:shop:bob:socket
                we\\:ird:*:back\\\\slash:bob:pass\\:word\\\\
                too:few:fields
                *:*:*:ada:last
                """);
        permit("rw-------");
    }

    private void permit(String permissions) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    db1      | 5432 | shop        | bob | first
                    db1      | 5432 | other       | bob | any database
                    db1      | 5433 | shop        | bob |
                    /run/pg  | 5432 | shop        | bob | socket
                    we:ird   | 1    | back\\slash | bob | pass:word\\
                    anything | 9    | any         | ada | last
                    """)
    void findsTheFirstLineThatMatches(
            String host, int port, String database, String user, String expected) {
        Optional<String> found =
                new PasswordFile(file, warnings::add)
                        .find(new Dsn.Host(host, port), database, user)
                        .map(Secret::reveal);
        assertThat(found).isEqualTo(Optional.ofNullable(expected));
        assertThat(warnings).isEmpty();
    }

    @Test
    void ignoresAFileThatOthersMayReadAndSaysSo() throws IOException {
        permit("rw-r-----");
        assertThat(
                        new PasswordFile(file, warnings::add)
                                .find(new Dsn.Host("db1", 5432), "shop", "bob"))
                .isEmpty();
        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(file.toString())
                .contains("chmod 0600");
    }

    @Test
    void isFoundAtHomeOrWhereItIsSaidToBe() throws IOException {
        Environment home = new Environment(Map.of(), directory, "ada");
        assertThat(password("postgresql://bob@db1/shop", home)).contains("first");
        assertThat(password("host=db0,db1 user=bob dbname=shop", home)).contains("first");
        assertThat(password("hostaddr=10.0.0.1 host=db1 user=bob dbname=shop", home))
                .contains("first");
        assertThat(password("postgresql://bob:given@db1/shop", home)).contains("given");

        Path elsewhere = directory.resolve("elsewhere");
        Files.writeString(elsewhere, "*:*:*:*:other\n");
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rw-------"));
        Environment variable =
                new Environment(Map.of("PGPASSFILE", elsewhere.toString()), directory, "ada");
        assertThat(password("postgresql://bob@db1/shop", variable)).contains("other");
        assertThat(password("user=bob passfile=" + elsewhere, home)).contains("other");
    }

    private static Optional<String> password(String text, Environment environment) {
        return Dsn.parse(text, environment).password().map(Secret::reveal);
    }
}
