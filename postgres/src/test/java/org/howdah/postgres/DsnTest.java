package org.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The forms of https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING. */
class DsnTest {
    private static final Environment NOBODY =
            new Environment(Map.of(), Path.of("/nonexistent"), "ada");

    private static Dsn parse(String text, Map<String, String> variables) {
        Environment environment = new Environment(variables, Path.of("/nonexistent"), "ada");
        return new DsnResolver(environment, List.of(), warning -> {}).resolve(DsnText.parse(text));
    }

    private static Dsn parse(String text) {
        return parse(text, Map.of());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    ``                                                | postgresql://ada@localhost:5432/ada
                    postgresql://                                     | postgresql://ada@localhost:5432/ada
                    postgres://                                       | postgresql://ada@localhost:5432/ada
                    POSTGRESQL://db1                                  | postgresql://ada@db1:5432/ada
                    postgresql://db1                                  | postgresql://ada@db1:5432/ada
                    postgresql://db1/                                 | postgresql://ada@db1:5432/ada
                    postgresql://db1:5433                             | postgresql://ada@db1:5433/ada
                    postgresql://db1/shop                             | postgresql://ada@db1:5432/shop
                    postgresql://bob@db1                              | postgresql://bob@db1:5432/bob
                    postgresql://bob:pw@db1:1/shop                    | postgresql://bob@db1:1/shop
                    postgresql://bob@/shop                            | postgresql://bob@localhost:5432/shop
                    postgresql:///shop                                | postgresql://ada@localhost:5432/shop
                    postgresql:///shop?host=db2&port=7                | postgresql://ada@db2:7/shop
                    postgresql:///?dbname=shop&user=bob               | postgresql://bob@localhost:5432/shop
                    postgresql://db1,db2/shop                         | postgresql://ada@db1:5432,db2:5432/shop
                    postgresql://db1:1,db2:2/shop                     | postgresql://ada@db1:1,db2:2/shop
                    postgresql://db1:1,db2/shop                       | postgresql://ada@db1:1,db2:5432/shop
                    postgresql:///shop?host=db1,db2&port=9            | postgresql://ada@db1:9,db2:9/shop
                    postgresql://[2001:db8::1]/shop                   | postgresql://ada@[2001:db8::1]:5432/shop
                    postgresql://[::1]:5433/shop                      | postgresql://ada@[::1]:5433/shop
                    postgresql://%2Frun%2Fpg/shop                     | postgresql://ada@/shop?host=/run/pg&port=5432
                    postgresql:///shop?host=/run/pg&port=6            | postgresql://ada@/shop?host=/run/pg&port=6
                    postgresql://b%40b@db1/s%2Fhop                    | postgresql://b%40b@db1:5432/s%2Fhop
                    postgresql://db1/a+b                              | postgresql://ada@db1:5432/a%2Bb
                    postgresql://db1/%C3%BC                           | postgresql://ada@db1:5432/%C3%BC
                    postgresql:///shop?hostaddr=10.0.0.1&host=db1     | postgresql://ada@10.0.0.1:5432/shop
                    postgresql://db1/shop?application_name=x          | postgresql://ada@db1:5432/shop
                    host=db1                                          | postgresql://ada@db1:5432/ada
                    host=db1 port=5433 dbname=shop user=bob           | postgresql://bob@db1:5433/shop
                    host = db1   dbname = shop                        | postgresql://ada@db1:5432/shop
                    host=db1 dbname='my shop'                         | postgresql://ada@db1:5432/my%20shop
                    host=db1 dbname='it\\'s'                          | postgresql://ada@db1:5432/it%27s
                    host=db1 dbname=it\\'s                            | postgresql://ada@db1:5432/it%27s
                    host=db1 dbname=a\\\\b                            | postgresql://ada@db1:5432/a%5Cb
                    host=db1 dbname=''                                | postgresql://ada@db1:5432/ada
                    host=db1 password=                                | postgresql://ada@db1:5432/ada
                    host=/run/pg                                      | postgresql://ada@/ada?host=/run/pg&port=5432
                    host=db1,db2 port=1,2                             | postgresql://ada@db1:1,db2:2/ada
                    host=db1,db2 port=,2                              | postgresql://ada@db1:5432,db2:2/ada
                    shop                                              | postgresql://ada@localhost:5432/shop
                    jdbc:postgresql://db1:5433/shop                   | postgresql://ada@db1:5433/shop
                    jdbc:postgresql://db1/shop?user=bob&password=x    | postgresql://bob@db1:5432/shop
                    jdbc:postgresql://db1,db2/shop                    | postgresql://ada@db1:5432,db2:5432/shop
                    jdbc:postgresql:shop                              | postgresql://ada@localhost:5432/shop
                    jdbc:postgresql://db1/shop?prepareThreshold=0     | postgresql://ada@db1:5432/shop
                    """)
    void readsWhatLibpqReads(String text, String expected) {
        Dsn dsn = parse(text);
        assertThat(dsn).hasToString(expected);
        // What is shown to people can be given back.
        assertThat(parse(expected).hosts()).isEqualTo(dsn.hosts());
        assertThat(parse(expected).database()).isEqualTo(dsn.database());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    hsot=db1                                 | "hsot"           | Did you mean "host"?
                    host=db1 dbnam=shop                      | "dbnam"          | Did you mean "dbname"?
                    postgresql://db1/shop?sslmod=require     | "sslmod"         | Did you mean "sslmode"?
                    jdbc:postgresql://db1/s?sslMode=require  | driver           | Did you mean "sslmode"?
                    sslmode=requires                         | "requires"       | verify-full
                    target_session_attrs=writer              | "writer"         | read-write
                    connect_timeout=soon                     | connect_timeout  | connect_timeout=5
                    sslcrl=/x                                | "sslcrl"         | Leave it out
                    host=db1 port=x                          | port             | %3A
                    host=db1 port=70000                      | 1 to 65535       | %3A
                    host=a,b,c port=1,2                      | 3 hosts          | one port
                    host=db1 dbname='shop                    | dbname           | single quote
                    host=db1 shop                            | after the value of host | quotes
                    postgresql://db1/shop?sslmode            | without          | ?sslmode
                    postgresql://db1/sh%zzop                 | percent          | %25
                    postgresql://db1/sh%4                    | percent          | %25
                    postgresql://[::1/shop                   | brackets         | [2001
                    postgresql://bob:p@ss@db1/shop           | more than one @  | %40
                    postgresql://bob:p/ss@db1/shop           | unescaped        | %2F
                    mysql://db1/shop                         | scheme           | postgresql://
                    jdbc:mysql://db1/shop                    | JDBC             | jdbc:postgresql
                    db1.example.com:5432                     | neither          | postgresql://
                    host=@abstract                           | abstract         | directory
                    jdbc:postgresql://db1/s?socketFactory=x  | "socketFactory"  | host
                    """)
    void saysWhatIsWrongAndWhatToDo(String text, String sentence, String hint) {
        HowdahException wrong =
                catchThrowableOfType(HowdahException.class, () -> Dsn.parse(text, NOBODY));
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(wrong).hasMessageContaining(sentence.strip());
        assertThat(wrong.hint()).contains(hint.strip());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    postgresql://bob:s3cr%zzet@db1/shop
                    postgresql://bob:s3cr@et@db1/shop
                    postgresql://bob:s3cr/et@db1/shop
                    postgresql://bob:s3cret@db1:x/shop
                    host=db1 password=s3cr et
                    host=db1 password='s3cr et
                    host=db1 password=s3cr e=t
                    """)
    void neverShowsAPieceOfThePassword(String text) {
        HowdahException wrong =
                catchThrowableOfType(HowdahException.class, () -> Dsn.parse(text, NOBODY));
        assertThat(wrong.getMessage() + wrong.hint()).doesNotContain("s3cr");
        assertThat(wrong.getCause()).isNull();
    }

    @Test
    void hidesThePassword() {
        Dsn dsn = parse("postgresql://bob:s3%2Fcret@db1/shop");
        assertThat(dsn.password().map(Secret::reveal)).contains("s3/cret");
        assertThat(dsn + dsn.password().toString() + dsn.parameters()).doesNotContain("cret");
    }

    @Test
    void canBeKeptWithoutSecretsAndReadAgain() {
        String text =
                parse(
                                "postgresql://bob:s3cret@db1:6432,db2/shop?passfile=pass%20word&sslmode=verify-full"
                                        + "&sslcert=certs/bob.crt&sslkey=/keys/bob.key&sslpassword=s3cret"
                                        + "&sslrootcert=system&options=-c%20app.token%3Ds3cret&connect_timeout=7")
                        .withoutSecrets();
        assertThat(text).doesNotContain("s3cret").startsWith("postgresql://bob@db1:6432,db2:5432/");
        Dsn again = parse(text);
        assertThat(again.password()).isEmpty();
        assertThat(again.parameters())
                .containsEntry("passfile", Path.of("pass word").toAbsolutePath().toString())
                .containsEntry("sslcert", Path.of("certs/bob.crt").toAbsolutePath().toString())
                .containsEntry("sslkey", "/keys/bob.key")
                .containsEntry("sslrootcert", "system")
                .containsEntry("sslmode", "verify-full")
                .containsEntry("connect_timeout", "7")
                .hasSize(6);
        Dsn socket = parse("postgresql:///shop?host=/run/pg&port=6432&user=bob&passfile=/etc/pass");
        assertThat(parse(socket.withoutSecrets())).isEqualTo(socket);
    }

    @Test
    void takesWhatIsNotGivenFromTheEnvironment() {
        Map<String, String> variables =
                Map.of(
                        "PGHOST", "db9",
                        "PGPORT", "99",
                        "PGUSER", "eve",
                        "PGDATABASE", "store",
                        "PGPASSWORD", "pw",
                        "PGSSLMODE", "require",
                        "PGCONNECT_TIMEOUT", "3",
                        "PGOPTIONS", "-c geqo=off",
                        "PGAPPNAME", "mine");
        assertThat(parse("", variables)).hasToString("postgresql://eve@db9:99/store");
        assertThat(parse("shop", variables)).hasToString("postgresql://eve@db9:99/shop");
        Dsn given = parse("postgresql://bob@db1:1/shop?sslmode=disable", variables);
        assertThat(given).hasToString("postgresql://bob@db1:1/shop");
        assertThat(given.password().map(Secret::reveal)).contains("pw");
        assertThat(given.parameters())
                .isEqualTo(
                        Map.of(
                                "sslmode", "disable",
                                "connect_timeout", "3",
                                "options", "-c geqo=off"));
    }

    @Test
    void takesWhatJdbcCallsDifferently() {
        Dsn dsn =
                parse(
                        "jdbc:postgresql://db1/shop?ssl=true&targetServerType=secondary"
                                + "&connectTimeout=3&ApplicationName=x");
        assertThat(dsn.parameters())
                .isEqualTo(
                        Map.of(
                                "sslmode", "verify-full",
                                "target_session_attrs", "standby",
                                "connect_timeout", "3"));
    }

    @Test
    void findsTheLocalSocketFirst(@TempDir Path directory) throws IOException {
        Files.createFile(directory.resolve(".s.PGSQL.5432"));
        DsnResolver resolver = new DsnResolver(NOBODY, List.of(directory), warning -> {});
        assertThat(resolver.resolve(Map.of()).hosts())
                .containsExactly(new Dsn.Host(directory.toString(), 5432));
        assertThat(resolver.resolve(DsnText.parse("port=5433")).hosts())
                .containsExactly(new Dsn.Host("localhost", 5433));
    }
}
