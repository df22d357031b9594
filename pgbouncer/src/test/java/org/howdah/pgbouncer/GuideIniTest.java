package org.howdah.pgbouncer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.howdah.proxy.AuthMethod;
import org.howdah.proxy.PoolMode;
import org.howdah.proxy.Problem;
import org.howdah.proxy.ProxySettings;
import org.howdah.proxy.Secret;
import org.howdah.proxy.SettingsBuilder;
import org.howdah.proxy.Timeouts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration as tuning guides write them: with a comment after each value. */
class GuideIniTest {
    private static final String GUIDE =
            """
            # pgbouncer.ini
            [databases]
            mcp_platform = host=localhost port=5432 dbname=mcp_platform
            mcp_platform_read = host=replica-host port=5432 dbname=mcp_platform

            [pgbouncer]
            # Pools
            pool_mode = transaction                     # each transaction
            max_client_conn = 200                      # most clients
            default_pool_size = 20                     # most servers
            min_pool_size = 5                          # fewest servers
            reserve_pool_size = 5                      # in need
            reserve_pool_timeout = 5                   # need
            # Times
            server_connect_timeout = 15                # dialing
            server_login_retry = 15                    # again
            query_timeout = 0                          # off (0)
            query_wait_timeout = 120                   # waiting
            client_idle_timeout = 0                    # off
            server_idle_timeout = 600                 # idle
            server_lifetime = 3600                     # old

            auth_type = md5                            # hashed
            auth_file = userlist.txt   # the users

            admin_users = postgres, admin              # all
            stats_users = postgres, admin, monitor     # looking
            log_connections = 1                        # come
            log_disconnections = 1                     # go
            log_pooler_errors = 1                      # errors
            """;

    @TempDir private Path directory;

    private SettingsBuilder.Built built() {
        return new Ini(directory).write("userlist.txt", "\"app\" \"secret\"\n").build(GUIDE);
    }

    @Test
    void meansWhatItsReaderMeant() {
        ProxySettings settings = built().settings();
        assertThat(settings.databases().keySet())
                .containsExactlyInAnyOrder("mcp_platform", "mcp_platform_read");
        assertThat(settings.database("mcp_platform_read").orElseThrow().backend())
                .satisfies(backend -> {
                    assertThat(backend.hosts()).containsExactly("replica-host");
                    assertThat(backend.port()).isEqualTo(5432);
                    assertThat(backend.database()).isEqualTo("mcp_platform");
                    assertThat(backend.user()).isEmpty();
                });
        assertThat(settings.pool().mode()).isEqualTo(PoolMode.TRANSACTION);
        assertThat(settings.pool().size()).isEqualTo(20);
        assertThat(settings.pool().minimum()).isEqualTo(5);
        assertThat(settings.pool().reserve()).isEqualTo(5);
        assertThat(settings.limits().clients()).isEqualTo(200);
        Timeouts timeouts = settings.timeouts();
        assertThat(timeouts.query()).isZero();
        assertThat(timeouts.queryWait()).isEqualTo(Duration.ofMinutes(2));
        assertThat(timeouts.serverLifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.login().method()).isEqualTo(AuthMethod.MD5);
        assertThat(settings.login().secrets()).isEqualTo(Map.of("app", new Secret("secret")));
        assertThat(settings.login().admins()).containsExactlyInAnyOrder("postgres", "admin");
        assertThat(settings.login().watchers())
                .containsExactlyInAnyOrder("postgres", "admin", "monitor");
        assertThat(settings.anyDatabase()).isEqualTo(Optional.empty());
    }

    @Test
    void warnsOfEachCommentAfterAValueWithItsLine() {
        assertThat(built().remarks())
                .allMatch(problem -> problem.weight() == Problem.Weight.WARNING)
                .extracting(problem -> problem.at().toString())
                .hasSize(20)
                .startsWith("pgbouncer.ini:8")
                .contains("pgbouncer.ini:23")
                .endsWith("pgbouncer.ini:30");
    }

    @Test
    void aFileMayHaveANumberSignInItsName() {
        new Ini(directory).write("a #1.txt", "\"odd\" \"x\"\n");
        assertThat(
                        new Ini(directory)
                                .settings("[pgbouncer]\nauth_file = a #1.txt\n")
                                .login()
                                .secrets())
                .containsOnlyKeys("odd");
    }
}
