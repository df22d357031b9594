package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.howdah.embedded.TestServer;
import org.howdah.wire.BackendType;
import org.howdah.wire.Column;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the console shows. */
class ConsoleShowTest {

    private static TestServer server;
    private static TestProxy proxy;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        proxy = new Written(server.port()).user("alice", "pool_size", "7").start();
    }

    @AfterAll
    static void stop() {
        proxy.close();
        server.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POOLS|database,user,cl_active,cl_waiting,cl_active_cancel_req,cl_waiting_cancel_req,sv_active,sv_active_cancel,sv_being_canceled,sv_idle,sv_used,sv_tested,sv_login,maxwait,maxwait_us,pool_mode,load_balance_hosts",
                "CLIENTS|type,user,database,replication,state,addr,port,local_addr,local_port,connect_time,request_time,wait,wait_us,close_needed,ptr,link,remote_pid,tls,application_name,prepared_statements,id",
                "SERVERS|type,user,database,replication,state,addr,port,local_addr,local_port,connect_time,request_time,wait,wait_us,close_needed,ptr,link,remote_pid,tls,application_name,prepared_statements,id",
                "DATABASES|name,host,port,database,force_user,pool_size,min_pool_size,reserve_pool_size,server_lifetime,pool_mode,load_balance_hosts,max_connections,current_connections,max_client_connections,current_client_connections,paused,disabled",
                "USERS|name,pool_size,reserve_pool_size,pool_mode,max_user_connections,current_connections,max_user_client_connections,current_client_connections",
                "STATS|database,total_server_assignment_count,total_xact_count,total_query_count,total_received,total_sent,total_xact_time,total_query_time,total_wait_time,total_client_parse_count,total_server_parse_count,total_bind_count,avg_server_assignment_count,avg_xact_count,avg_query_count,avg_recv,avg_sent,avg_xact_time,avg_query_time,avg_wait_time,avg_client_parse_count,avg_server_parse_count,avg_bind_count",
                "STATS_TOTALS|database,server_assignment_count,xact_count,query_count,bytes_received,bytes_sent,xact_time,query_time,wait_time,client_parse_count,server_parse_count,bind_count",
                "STATS_AVERAGES|database,server_assignment_count,xact_count,query_count,bytes_received,bytes_sent,xact_time,query_time,wait_time,avg_client_parse_count,avg_server_parse_count,avg_bind_count",
                "TOTALS|name,value",
                "LISTS|list,items",
                "CONFIG|key,value,default,changeable",
                "MEM|name,size,used,free,memtotal",
                "STATE|key,value",
                "VERSION|version",
                "DNS_HOSTS|hostname,ttl,addrs",
                "DNS_ZONES|zonename,serial,count",
                "PEERS|peer_id,host,port,pool_size",
                "PEER_POOLS|peer_id,cl_active_cancel_req,cl_waiting_cancel_req,sv_active_cancel,sv_login",
            })
    void columnsAreThoseOfPgBouncer(String what, String columns) {
        try (TestConsole console = proxy.console("watcher")) {
            TestConsole.Answer answer = console.run("SHOW " + what + ";");
            assertThat(answer.error()).isEmpty();
            assertThat(answer.tag()).isEqualTo("SHOW");
            assertThat(answer.names()).containsExactly(columns.split(","));
            assertThat(answer.rows())
                    .allSatisfy(row -> assertThat(row).hasSameSizeAs(answer.columns()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SOCKETS",
                "ACTIVE_SOCKETS",
                "LOOPS",
                "HISTOGRAMS",
                "STATEMENTS",
                "PINS",
                "HELP"
            })
    void whatElseThereIsToShow(String what) {
        try (TestConsole console = proxy.console("watcher")) {
            TestConsole.Answer answer = console.run("show " + what);
            assertThat(answer.error()).isEmpty();
            assertThat(answer.tag()).isEqualTo("SHOW");
        }
    }

    @Test
    void typesAreThoseOfPgBouncer() {
        try (TestConsole console = proxy.console("watcher")) {
            assertThat(types(console, "POOLS"))
                    .containsEntry("database", 25)
                    .containsEntry("cl_active", 23);
            assertThat(types(console, "STATS")).containsEntry("total_query_count", 1700);
            assertThat(types(console, "DNS_HOSTS")).containsEntry("ttl", 20);
        }
    }

    private static Map<String, Integer> types(TestConsole console, String what) {
        return console.run("SHOW " + what).columns().stream()
                .collect(Collectors.toMap(Column::name, Column::type));
    }

    @Test
    void aTransactionIsSeenOnBothSides() throws Exception {
        try (TestProxy own = new Written(server.port()).start();
                Connection client = own.connect();
                TestConsole console = own.console("watcher")) {
            client.setAutoCommit(false);
            try (Statement statement = client.createStatement();
                    ResultSet rows = statement.executeQuery("SELECT pg_backend_pid()")) {
                rows.next();
                Map<String, String> servers = console.run("SHOW SERVERS").row("state", "active");
                assertThat(servers)
                        .containsEntry("state", "active")
                        .containsEntry("remote_pid", rows.getString(1))
                        .containsEntry("port", Integer.toString(server.port()));
                Map<String, String> clients = console.run("SHOW CLIENTS").maps().getFirst();
                assertThat(clients)
                        .containsEntry("state", "active")
                        .containsEntry("link", servers.get("ptr"))
                        .containsEntry("user", "postgres")
                        .containsEntry("addr", "127.0.0.1");
                assertThat(servers).containsEntry("link", clients.get("ptr"));
            }
            assertThat(console.run("SHOW POOLS").row("database", "app"))
                    .containsEntry("cl_active", "1")
                    .containsEntry("sv_active", "1")
                    .containsEntry("pool_mode", "transaction");
            client.commit();
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(console.run("SHOW POOLS").row("database", "app"))
                                    .containsEntry("sv_active", "0")
                                    .doesNotContainEntry("sv_idle", "0"));
            assertThat(console.run("SHOW DATABASES").row("name", "app"))
                    .containsEntry("current_client_connections", "1")
                    .containsEntry("database", "postgres");
            assertThat(console.run("SHOW LISTS").row("list", "used_clients"))
                    .containsEntry("items", "1");
        }
    }

    @Test
    void statisticsCountAsPgBouncerDoes() throws Exception {
        try (TestProxy own = new Written(server.port()).start();
                Connection client = own.connect("preferQueryMode=simple");
                TestConsole console = own.console("watcher")) {
            Map<String, String> before = console.run("SHOW STATS").row("database", "app");
            client.setAutoCommit(false);
            try (Statement statement = client.createStatement()) {
                statement.execute("SELECT pg_sleep(0.02)");
                statement.execute("SELECT repeat('x', 10000)");
            }
            client.commit();
            Map<String, String> after = console.run("SHOW STATS").row("database", "app");
            assertThat(grown(before, after, "total_xact_count")).isEqualTo(1);
            // BEGIN, two statements, COMMIT.
            assertThat(grown(before, after, "total_query_count")).isEqualTo(4);
            assertThat(grown(before, after, "total_server_assignment_count")).isEqualTo(1);
            assertThat(grown(before, after, "total_sent")).isBetween(10_000L, 12_000L);
            assertThat(grown(before, after, "total_received")).isBetween(50L, 500L);
            assertThat(grown(before, after, "total_query_time")).isBetween(20_000L, 10_000_000L);
            assertThat(grown(before, after, "total_xact_time"))
                    .isGreaterThanOrEqualTo(grown(before, after, "total_query_time"));
            assertThat(console.run("SHOW HISTOGRAMS").row("time", "server"))
                    .satisfies(row ->
                            assertThat(Long.parseLong(row.get("max")))
                                    .isBetween(20_000L, 10_000_000L));
        }
    }

    @Test
    void preparedStatementsAreCounted() throws Exception {
        try (TestProxy own = new Written(server.port()).start();
                Connection client = own.connect("prepareThreshold=1");
                TestConsole console = own.console("watcher")) {
            Map<String, String> before = console.run("SHOW STATS").row("database", "app");
            try (var statement = client.prepareStatement("SELECT ?::int")) {
                for (int i = 0; i < 3; i++) {
                    statement.setInt(1, i);
                    statement.executeQuery().close();
                }
            }
            Map<String, String> after = console.run("SHOW STATS").row("database", "app");
            assertThat(grown(before, after, "total_client_parse_count")).isEqualTo(1);
            assertThat(grown(before, after, "total_server_parse_count")).isEqualTo(1);
            assertThat(grown(before, after, "total_bind_count")).isEqualTo(3);
            assertThat(console.run("SHOW CLIENTS").maps().getFirst())
                    .containsEntry("prepared_statements", "1");
        }
    }

    private static long grown(Map<String, String> before, Map<String, String> after, String name) {
        return Long.parseLong(after.get(name)) - Long.parseLong(before.get(name));
    }

    @Test
    void usersWithSettingsOfTheirOwn() {
        try (TestConsole console = proxy.console("watcher")) {
            assertThat(console.run("SHOW USERS").row("name", "alice"))
                    .containsEntry("pool_size", "7")
                    .doesNotContainKey("pool_mode");
        }
    }

    @Test
    void settingsWithTheirDefaults() {
        try (TestConsole console = proxy.console("watcher")) {
            assertThat(console.run("SHOW CONFIG").row("key", "default_pool_size"))
                    .containsEntry("value", "4")
                    .containsEntry("default", "20")
                    .containsEntry("changeable", "yes");
        }
    }

    /** As drivers do that know no other protocol. */
    @Test
    void theExtendedProtocolWorks() throws Exception {
        try (Connection console = proxy.connect("user=watcher", "database=pgbouncer");
                Statement statement = console.createStatement()) {
            for (int i = 0; i < 3; i++) {
                try (ResultSet rows = statement.executeQuery("SHOW LISTS")) {
                    rows.next();
                    assertThat(rows.getString("list")).isEqualTo("databases");
                    assertThat(rows.getInt("items")).isEqualTo(2);
                }
            }
            try (var prepared = console.prepareStatement("SHOW STATS")) {
                // From the fifth time on the driver prepares it, and asks for binary values.
                for (int i = 0; i < 8; i++) {
                    try (ResultSet rows = prepared.executeQuery()) {
                        rows.next();
                        assertThat(rows.getString("database")).isEqualTo("app");
                        assertThat(rows.getLong("total_query_count")).isNotNegative();
                    }
                }
            }
        }
    }

    @Test
    void fileDescriptorsAreNotShown() {
        try (TestConsole console = proxy.console("postgres")) {
            TestConsole.Answer answer = console.run("SHOW FDS");
            assertThat(answer.error().orElseThrow().hint().orElseThrow()).contains("so_reuseport");
        }
    }

    @Test
    void driversMaySetAndAskWhatServersKnow() {
        try (TestConsole console = proxy.console("watcher")) {
            assertThat(console.run("SET extra_float_digits = 3").tag()).isEqualTo("SET");
            assertThat(console.run("set client_encoding to 'UTF8'").tag()).isEqualTo("SET");
            assertThat(console.run("SHOW standard_conforming_strings").rows())
                    .containsExactly(List.of(Optional.of("on")));
            assertThat(console.client().query(" ; "))
                    .anyMatch(frame -> frame.is(BackendType.EMPTY_QUERY_RESPONSE));
        }
    }
}
