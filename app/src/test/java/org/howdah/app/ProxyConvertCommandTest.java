package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProxyConvertCommandTest {
    @TempDir private Path directory;

    @BeforeEach
    void write() throws IOException {
        Files.writeString(directory.resolve("userlist.txt"), "\"app\" \"hush\"\n");
        Files.writeString(
                directory.resolve("pgbouncer.ini"),
                """
                [databases]
                shop = host=db1 user=app password=hush
                * = host=db2
                [pgbouncer]
                auth_file = userlist.txt
                pool_mode = transaction  # remark
                pkt_buf = 8192
                """);
    }

    @Test
    void whatItPrintsIsAConfigurationThatIsRight() throws IOException {
        Howdah howdah = Howdah.in(directory);
        Howdah.Result converted = howdah.run("proxy", "convert", "pgbouncer.ini");
        assertThat(converted.exitCode()).isZero();
        assertThat(converted.out())
                .isEqualTo(
                        """
                        proxy:
                          auth_file: userlist.txt
                          pool_mode: transaction
                          databases:
                            shop:
                              host: db1
                              user: app
                              password_variable: HOWDAH_PASSWORD_SHOP
                            "*":
                              host: db2
                        """);
        assertThat(converted.err().lines())
                .hasSize(3)
                .anyMatch(line -> line.startsWith("pgbouncer.ini:6: the text after the value"))
                .anyMatch(line -> line.startsWith("pgbouncer.ini:7: pkt_buf is not converted"))
                .anyMatch(line -> line.contains("HOWDAH_PASSWORD_SHOP"));
        assertThat(converted.err()).doesNotContain("hush");

        Files.writeString(directory.resolve("howdah.yaml"), converted.out());
        Howdah.Result check = howdah.with("HOWDAH_PASSWORD_SHOP", "hush").run("config", "check");
        assertThat(check.exitCode()).isZero();
        assertThat(check.out()).contains("proxy  shop  db1:5432", "proxy  *  db2:5432");
    }

    @Test
    void checkSaysWhatTheProxyLacks() throws IOException {
        Files.writeString(
                directory.resolve("howdah.yaml"),
                Howdah.in(directory).run("proxy", "convert", "pgbouncer.ini").out());
        Howdah.Result check = Howdah.in(directory).run("config", "check");
        assertThat(check.exitCode()).isEqualTo(2);
        assertThat(check.err()).contains("no variable \"HOWDAH_PASSWORD_SHOP\"", "Hint: Set it");
    }

    @Test
    void whatIsWrongIsNotConverted() throws IOException {
        Files.writeString(directory.resolve("bad.ini"), "[pgbouncer]\npool_mod = a\nverbose = b\n");
        Howdah.Result converted = Howdah.in(directory).run("proxy", "convert", "bad.ini");
        assertThat(converted.exitCode()).isEqualTo(2);
        assertThat(converted.out()).isEmpty();
        assertThat(converted.err())
                .contains("The settings have 2 errors", "bad.ini:2: ", "bad.ini:3: ");
    }
}
