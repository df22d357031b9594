package org.howdah.pgbouncer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.howdah.proxy.Problems;
import org.howdah.proxy.ProxySettings;
import org.howdah.proxy.RawSettings;
import org.howdah.proxy.Secret;
import org.howdah.proxy.SettingKey;
import org.howdah.proxy.SettingKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The grammar of https://www.pgbouncer.org/config.html */
class IniFileTest {
    private static final String MAIN = "[pgbouncer]\nauth_user = x\n";

    @TempDir private Path directory;

    private Ini ini() {
        return new Ini(directory);
    }

    @Test
    void readsAConnectionStringWithQuotes() {
        ProxySettings settings =
                ini().settings(
                                """
                                ; a comment
                                   # another
                                [databases]
                                shop =host=db1,db2 port = 5433  user=app password='it''s # ; me' connect_query='select ''a'' ; --'
                                'odd name'= dbname=x
                                "say ""hi""\" = dbname=y
                                a.b-c* =
                                * = host=other load_balance_hosts=disable
                                """
                                        + MAIN);
        var shop = settings.database("shop").orElseThrow().backend();
        assertThat(shop.hosts()).containsExactly("db1", "db2");
        assertThat(shop.rotate()).isTrue();
        assertThat(shop.port()).isEqualTo(5433);
        assertThat(shop.database()).isEqualTo("shop");
        assertThat(shop.user()).contains("app");
        assertThat(shop.password()).contains(new Secret("it's # ; me"));
        assertThat(shop.connectQuery()).contains("select 'a' ; --");
        assertThat(settings.databases())
                .containsOnlyKeys("shop", "odd name", "say \"hi\"", "a.b-c*");
        assertThat(settings.database("a.b-c*").orElseThrow().backend().hosts())
                .containsExactly("/tmp");
        var any = settings.anyDatabase().orElseThrow();
        assertThat(any.backend().database()).isEmpty();
        assertThat(any.backend().rotate()).isFalse();
        assertThat(settings.database("whatever")).isEqualTo(Optional.of(any));
    }

    @Test
    void neverCutsConnectionStringsQueriesAndSecrets() {
        ProxySettings settings =
                ini().settings(
                                """
                                [databases]
                                a = user=u password=p#1;2
                                [pgbouncer]
                                auth_user = x
                                server_reset_query = DISCARD ALL ; SELECT 1 # and on
                                """);
        assertThat(settings.database("a").orElseThrow().backend().password())
                .contains(new Secret("p#1;2"));
        assertThat(settings.state().resetQuery()).isEqualTo("DISCARD ALL ; SELECT 1 # and on");
    }

    @Test
    void includesOtherFilesAndGoesOnInTheirSection() {
        ini().write("one.ini", "pool_mode = statement\n%include two.ini\n[users]\n");
        ini().write("two.ini", "max_client_conn=0x10\n");
        ProxySettings settings = ini().settings(MAIN + "%include   one.ini  \napp = pool_size=3\n");
        assertThat(settings.pool().mode().name()).isEqualTo("STATEMENT");
        assertThat(settings.limits().clients()).isEqualTo(16);
        assertThat(settings.users()).containsOnlyKeys("app");
    }

    @Test
    void namesTheIncludedFileInAnError() {
        ini().write("one.ini", "\n\npool_mode = nothing\n");
        assertThat(ini().errors(MAIN + "%include one.ini\n"))
                .singleElement()
                .asString()
                .startsWith("one.ini:3: pool_mode is \"nothing\", which is none of session,");
    }

    @Test
    void stopsAtAFileThatIncludesItself() {
        ini().write("self.ini", "%include self.ini\n".repeat(3));
        assertThat(ini().errors(MAIN + "%include self.ini\n"))
                .singleElement()
                .asString()
                .contains("nested deeper than 10 files");
    }

    @Test
    void aSecondMainSectionStartsFromTheDefaultsAsInPgBouncer() {
        var built =
                ini().build(
                                """
                                [pgbouncer]
                                auth_user = kept
                                default_pool_size = 7
                                [users]
                                [pgbouncer]
                                min_pool_size = 2
                                """);
        assertThat(built.settings().pool().size()).isEqualTo(20);
        assertThat(built.settings().pool().minimum()).isEqualTo(2);
        assertThat(built.settings().login().authUser()).contains("kept");
        assertThat(built.remarks())
                .singleElement()
                .asString()
                .startsWith("pgbouncer.ini:5: ")
                .contains("default_pool_size");
    }

    @Test
    void aLaterValueCountsAndIsWarnedOf() {
        var built = ini().build(MAIN + "verbose = 1\r\nverbose = 2\r\n");
        assertThat(built.settings().log().verbosity()).isEqualTo(2);
        assertThat(built.remarks())
                .singleElement()
                .asString()
                .startsWith("pgbouncer.ini:4: verbose is set again; what pgbouncer.ini:3 said");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    default_pool_size | 020   | 16
                    default_pool_size | 0x20  | 32
                    default_pool_size | +9    | 9
                    unix_socket_mode  | 0700  | 448
                    query_timeout     | 1.5   | 1.5
                    query_timeout     | 250ms | 0.25
                    query_timeout     | 2 min | 120
                    query_timeout     | .5    | 0.5
                    tcp_user_timeout  | 30 s  | 30000
                    log_stats         | off   | 0
                    log_stats         | 3     | 1
                    pool_mode         | Transaction | transaction
                    max_packet_size   | 16 MB | 16777216
                    """)
    void valuesAreShownAsPgBouncerShowsThem(String key, String text, String shown) {
        Problems problems = new Problems();
        RawSettings raw = ini().raw(MAIN + key + " = " + text + "\n", problems);
        assertThat(raw.shown())
                .filteredOn(line -> line.key().equals(key))
                .singleElement()
                .satisfies(line -> assertThat(line.value()).isEqualTo(shown));
        assertThat(ini().errors(MAIN + key + " = " + text + "\n")).isEmpty();
    }

    @Test
    void everyDefaultIsPgBouncers() {
        ProxySettings settings = ini().settings(MAIN);
        assertThat(settings.listen().port()).isEqualTo(6432);
        assertThat(settings.limits().clients()).isEqualTo(100);
        assertThat(settings.timeouts().serverCheckDelay()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.timeouts().serverConnect()).isEqualTo(Duration.ofSeconds(15));
        assertThat(settings.timeouts().clientLogin()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.state().preparedStatements()).isEqualTo(200);
        assertThat(settings.state().checkQuery()).contains("");
        assertThat(ini().settings(MAIN + "server_check_query =\n").state().checkQuery()).isEmpty();
        assertThat(settings.state().trackedParameters()).containsExactly("IntervalStyle");
        assertThat(settings.listen().unixDirectories()).containsExactly(Path.of("/tmp"));
        assertThat(settings.serverTls().mode().name()).isEqualTo("PREFER");
        assertThat(settings.clientTls().mode().name()).isEqualTo("DISABLE");
    }

    @Test
    void aFileWithEveryDefaultWrittenOutSaysTheSameAsAnEmptyOne() {
        String all =
                SettingKeys.of(SettingKey.Scope.GLOBAL).stream()
                        .map(key -> key.name() + " = " + key.fallback() + "\n")
                        .collect(Collectors.joining());
        assertThat(ini().build("[pgbouncer]\n" + all).settings())
                .isEqualTo(ini().build("[pgbouncer]\n").settings());
    }

    @Test
    void theKindsOfDatabasesThatPgBouncersSampleHas() {
        ProxySettings settings =
                ini().settings(
                                """
                                [databases]
                                foodb =
                                bardb = host=localhost dbname=bazdb
                                forcedb = host=localhost port=300 user=baz password=foo client_encoding=UNICODE datestyle=ISO connect_query='SELECT 1'
                                nondefaultdb = pool_size=50 reserve_pool_size=10
                                askdb = auth_user=bar auth_dbname=foo max_db_client_connections=10
                                [users]
                                user1 = pool_size=5 reserve_pool_size=2 pool_mode=transaction max_user_connections=10
                                [pgbouncer]
                                """);
        assertThat(settings.database("forcedb").orElseThrow().backend().startup())
                .isEqualTo(Map.of("client_encoding", "UNICODE", "datestyle", "ISO"));
        var big = settings.database("nondefaultdb").orElseThrow();
        assertThat(settings.pool(big, "other").size()).isEqualTo(50);
        assertThat(settings.pool(big, "user1").size()).isEqualTo(5);
        assertThat(settings.pool(big, "user1").reserve()).isEqualTo(2);
        var ask = settings.database("askdb").orElseThrow();
        assertThat(ask.authUser()).contains("bar");
        assertThat(ask.authDatabase()).contains("foo");
        assertThat(ask.overrides().maxClients()).hasValue(10);
    }

    @Test
    void whatHasNoEffectIsNotedOnceWithTheReason() {
        assertThat(ini().remarks(MAIN + "pkt_buf = 8192\nsbuf_loopcnt = 5\nuser = nobody\n"))
                .hasSize(2)
                .allMatch(line -> line.contains("is accepted, without effect"))
                .anyMatch(line -> line.startsWith("pgbouncer.ini:3: pkt_buf"))
                .anyMatch(line -> line.startsWith("pgbouncer.ini:5: user"));
    }

    @Test
    void peersAreNotedOnce() {
        assertThat(ini().remarks(MAIN + "[peers]\n1 = host=/a\n2 = host=b port=1 pool_size=2\n"))
                .singleElement()
                .asString()
                .startsWith("pgbouncer.ini:4: peers are accepted, without effect");
    }

    @Test
    void whatLooksLikeACommentAfterANameIsKeptAndSaid() {
        var built = ini().build("[pgbouncer]\nauth_user = asker # who asks\n");
        assertThat(built.settings().login().authUser()).contains("asker # who asks");
        assertThat(built.remarks())
                .singleElement()
                .asString()
                .contains("pgbouncer.ini:2: what looks like a comment after auth_user belongs");
    }

    @Test
    void settingsOfAConnectionComeFromOptionsAndKeys() {
        ProxySettings settings =
                ini().settings(
                                "[databases]\n"
                                        + "a = timezone=UTC options='-c jit=off"
                                        + " --search-path=a\\ b -cwork_mem=1MB'\n"
                                        + MAIN);
        assertThat(settings.database("a").orElseThrow().backend().startup())
                .isEqualTo(
                        Map.of(
                                "timezone", "UTC",
                                "jit", "off",
                                "search_path", "a b",
                                "work_mem", "1MB"));
    }

    @Test
    void aPasswordMayComeFromTheEnvironment() {
        Ini ini = new Ini(directory, Map.of("SHOP_PASSWORD", "s3cret"));
        String text = "[databases]\na = user=u password_variable=SHOP_PASSWORD\n" + MAIN;
        assertThat(ini.settings(text).database("a").orElseThrow().backend().password())
                .contains(new Secret("s3cret"));
        assertThat(ini().errors(text))
                .singleElement()
                .asString()
                .contains("the environment has no variable \"SHOP_PASSWORD\"");
    }
}
