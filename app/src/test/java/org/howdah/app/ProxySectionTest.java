package org.howdah.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.howdah.pgbouncer.ConfigurationConverter;
import org.howdah.pgbouncer.IniFile;
import org.howdah.pgbouncer.LoginFiles;
import org.howdah.proxy.Problem;
import org.howdah.proxy.Problems;
import org.howdah.proxy.ProxySettings;
import org.howdah.proxy.RawSettings;
import org.howdah.proxy.SettingsBuilder;
import org.howdah.proxy.SettingsException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The section {@code proxy} of howdah.yaml, and what is converted to it. */
class ProxySectionTest {
    @TempDir private Path directory;

    private SettingsBuilder.Built build(
            RawSettings raw, Problems problems, Map<String, String> environment) {
        return SettingsBuilder.build(raw, new LoginFiles(directory, environment), problems);
    }

    private SettingsBuilder.Built yaml(String text, Map<String, String> environment) {
        ProxySection section = ConfigurationFile.parse(text, "howdah.yaml").proxy().orElseThrow();
        Problems problems = new Problems();
        problems.addAll(section.problems());
        return build(section.settings(), problems, environment);
    }

    private ProxySettings yaml(String text) {
        return yaml(text, Map.of()).settings();
    }

    @Test
    void thePoolsOfAPlatformWithAWriterAndReaders() {
        ProxySettings settings =
                yaml(
                        """
                        proxy:
                          listen_addr: [127.0.0.1, "::1"]
                          pool_mode: transaction
                          auth_user: howdah
                          max_client_conn: 64000
                          query_wait_timeout: 10 s
                          server_idle_timeout: 5 min
                          unix_socket_mode: 0700
                          log_stats: no
                          databases:
                            app:
                              host: writer.example.com
                              dbname: db
                              pool_size: 200
                              min_pool_size: 10
                              options:
                                application_name: aurora_app
                                search_path: public, "$user"
                                timezone: UTC
                                statement_timeout: 30s
                                lock_timeout: 10s
                                idle_in_transaction_session_timeout: 300s
                            app_reader:
                              host: [reader-1.example.com, reader-2.example.com]
                              dbname: db
                              pool_size: 100
                              min_pool_size: 5
                              options:
                                default_transaction_isolation: read committed
                                default_transaction_read_only: on
                            "*":
                          users:
                            report:
                              pool_mode: session
                        """);
        var writer = settings.database("app").orElseThrow();
        var reader = settings.database("app_reader").orElseThrow();
        assertThat(writer.backend().startup())
                .containsEntry("search_path", "public, \"$user\"")
                .containsEntry("statement_timeout", "30s")
                .hasSize(6);
        assertThat(settings.pool(writer, "somebody").size()).isEqualTo(200);
        assertThat(settings.pool(writer, "report").mode().name()).isEqualTo("SESSION");
        assertThat(reader.backend().hosts())
                .containsExactly("reader-1.example.com", "reader-2.example.com");
        assertThat(reader.backend().startup())
                .containsEntry("default_transaction_isolation", "read committed")
                .containsEntry("default_transaction_read_only", "on");
        assertThat(settings.timeouts().queryWait()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings.timeouts().serverIdle()).isEqualTo(Duration.ofMinutes(5));
        assertThat(settings.listen().addresses()).containsExactly("127.0.0.1", "::1");
        assertThat(settings.listen().sockets().unixMode()).isEqualTo(0700);
        assertThat(settings.log().stats()).isFalse();
        assertThat(settings.anyDatabase()).isPresent();
    }

    private static final String MAIN = "[pgbouncer]\nauth_user = asker\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                MAIN,
                MAIN + "pool_mode = transaction   # remark\nmax_client_conn=200 ; remark\n",
                MAIN + "unix_socket_mode = 0700\nlisten_addr = *\npkt_buf = 1\nverbose = 0x2\n",
                MAIN + "admin_users = a, b c\nlogin_notify_message = hi: \"there\" # 'x' \\n é\n",
                MAIN + "server_reset_query =\nserver_check_query = select 1; -- {}\n",
                MAIN + "auth_type = md5\nauth_file = users.txt\nauth_hba_file = rules.conf\n",
                MAIN + "auth_type = hba\nauth_file = users.txt\nauth_hba_file = rules.conf\n",
                MAIN + "[databases]\n* = host=x\n'true' = port=1\nnull =\n1e3 = host=a,b\n",
                MAIN + "[databases]\na = user=u password='it''s: #1' pool_size=-1\n",
                MAIN + "[databases]\na = options='-c search_path=a\\ b' auth_query='select $1'\n",
                MAIN + "[users]\n'odd: name' = pool_mode=statement query_timeout=1.5\n",
                MAIN
                        + "[databases]\nNULL = user=No\nNaN = host=/run/x,db.example\n'~' = dbname=1_0\n",
                MAIN + "[peers]\n1 = host=/tmp/other\n",
            })
    void theConvertedFileSaysTheSame(String ini) throws IOException {
        Files.writeString(directory.resolve("pgbouncer.ini"), ini);
        Files.writeString(directory.resolve("users.txt"), "\"u\" \"it's: #1\"\n");
        Files.writeString(directory.resolve("rules.conf"), "host all all 10.0.0.0/8 md5\n");
        Problems problems = new Problems();
        RawSettings raw = IniFile.read("pgbouncer.ini", directory, problems);
        ProxySettings before = build(raw, problems, Map.of()).settings();

        ConfigurationConverter.Converted converted =
                ConfigurationConverter.convert(raw, new Problems());
        assertThat(converted.yaml()).doesNotContain("it's: #1");
        Map<String, String> environment =
                converted.variables().values().stream()
                        .collect(Collectors.toMap(name -> name, _ -> "it's: #1"));
        assertThat(yaml(converted.yaml(), environment).settings()).isEqualTo(before);
    }

    @Test
    void whatIsNotConvertedIsSaid() throws IOException {
        Files.writeString(
                directory.resolve("pgbouncer.ini"),
                MAIN
                        + "pkt_buf = 1\n[databases]\na-b = user=u password=hush\n"
                        + "a_b = user=u password=hush\n[peers]\n1 = host=x\n");
        Problems problems = new Problems();
        RawSettings raw = IniFile.read("pgbouncer.ini", directory, problems);
        var converted = ConfigurationConverter.convert(raw, problems);
        assertThat(converted.variables())
                .isEqualTo(Map.of("a-b", "HOWDAH_PASSWORD_A_B", "a_b", "HOWDAH_PASSWORD_A_B_2"));
        assertThat(problems.all())
                .extracting(problem -> problem.at().line())
                .containsExactly(3, 5, 6, 8);
        assertThat(problems.all()).allMatch(problem -> !problem.toString().contains("hush"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    proxy: 5                                  | 1 | proxy is no mapping
                    proxy:\\n  pol_mode: session              | 2 | Did you mean pool_mode?
                    proxy:\\n  pool_mode: tx                  | 2 | none of session, statement, transaction
                    proxy:\\n  pool_mode:                     | 2 | no value that can be read
                    proxy:\\n  pool_mode: {a: b}              | 2 | no value that can be read
                    proxy:\\n  listen_addr: [[a]]             | 2 | an entry that is no text
                    proxy:\\n  databases: [a]                 | 2 | no mapping of names
                    proxy:\\n  databases:\\n    a: host=x     | 3 | are no mapping
                    proxy:\\n  databases:\\n    a:\\n      password: hush | 4 | passwords do not belong
                    proxy:\\n  databases:\\n    a:\\n      options: {jit: } | 4 | has no value
                    proxy:\\n  databases:\\n    a:\\n      prot: 1 | 4 | Did you mean port?
                    proxy:\\n  databases:\\n    pgbouncer: {}  | 3 | taken by the console
                    """)
    void saysWhereItIsWrong(String text, int line, String says) {
        SettingsException wrong =
                catchThrowableOfType(
                        SettingsException.class, () -> yaml(text.replace("\\n", "\n")));
        assertThat(wrong.errors())
                .extracting(Problem::toString)
                .noneMatch(error -> error.contains("hush"))
                .anySatisfy(error ->
                        assertThat(error)
                                .startsWith("howdah.yaml:" + line + ": ")
                                .contains(says.strip()));
    }

    @Test
    void anotherSectionIsAsStrictAsBefore() {
        assertThat(Stream.of("proxies: {}", "proxy: {}\nproxy: {}"))
                .allSatisfy(text ->
                        assertThat(
                                        catchThrowableOfType(
                                                RuntimeException.class,
                                                () -> ConfigurationFile.parse(text, "f")))
                                .isNotNull());
    }
}
