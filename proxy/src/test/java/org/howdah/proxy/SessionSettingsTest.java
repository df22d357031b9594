package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Settings of sessions in transaction mode: two clients share one server connection and none may
 * see what the other has set.
 */
class SessionSettingsTest {

    private static final String SIMPLE = "preferQueryMode=simple";
    private static final String EXTENDED = "preferQueryMode=extended";

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
        server.execute(
                """
                CREATE ROLE clerk; CREATE SCHEMA tenant;
                CREATE FUNCTION public.enter(name text) RETURNS text LANGUAGE plpgsql AS
                  'BEGIN PERFORM set_config(''app.tenant'', name, false); RETURN name; END';
                CREATE FUNCTION public.enter_by_another(name text) RETURNS text LANGUAGE sql AS
                  'SELECT public.enter(name)';
                """);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TestProxy proxy() {
        return TestProxy.start(TestSettings.of(server.port()).poolSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {SIMPLE, EXTENDED})
    void settingsStayWithTheirClient(String mode) throws Exception {
        try (TestProxy proxy = proxy();
                Connection one = proxy.connect(mode);
                Connection two = proxy.connect(mode)) {
            String before = show(two, "work_mem");
            run(one, "SET work_mem = '77MB'");
            assertThat(show(two, "work_mem")).isEqualTo(before);
            assertThat(show(one, "work_mem")).isEqualTo("77MB");
            run(one, "SET work_mem TO DEFAULT");
            assertThat(show(one, "work_mem")).isEqualTo(before);
            run(two, "SET SESSION work_mem TO 9999");
            run(two, "SET TIME ZONE 'Asia/Tokyo'");
            run(two, "SET search_path = tenant, \"$user\"");
            assertThat(show(one, "TimeZone")).isNotEqualTo("Asia/Tokyo");
            assertThat(show(two, "search_path")).isEqualTo("tenant, \"$user\"");
            assertThat(show(one, "work_mem")).isEqualTo(before);
            assertThat(show(two, "work_mem")).isEqualTo("9999kB");
            run(two, "RESET ALL");
            assertThat(show(two, "work_mem")).isEqualTo(before);
            assertThat(show(two, "search_path")).isEqualTo("\"$user\", public");
            assertThat(backends(one, two)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {SIMPLE, EXTENDED})
    void transactionsTakeSettingsBack(String mode) throws Exception {
        try (TestProxy proxy = proxy();
                Connection one = proxy.connect(mode);
                Connection two = proxy.connect(mode)) {
            String before = show(one, "work_mem");
            one.setAutoCommit(false);
            run(one, "SET work_mem = '78MB'");
            one.rollback();
            assertThat(show(one, "work_mem")).isEqualTo(before);
            run(one, "SET work_mem = '79MB'");
            run(one, "SET LOCAL maintenance_work_mem = '80MB'");
            one.commit();
            assertThat(show(two, "work_mem")).isEqualTo(before);
            assertThat(show(one, "work_mem")).isEqualTo("79MB");
            assertThat(show(one, "maintenance_work_mem")).isNotEqualTo("80MB");
            var savepoint = one.setSavepoint();
            run(one, "SET work_mem = '81MB'");
            one.rollback(savepoint);
            one.commit();
            assertThat(show(one, "work_mem")).isEqualTo("79MB");
            one.commit();
            assertThat(show(two, "work_mem")).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT set_config('app.tenant', 'blue', false)",
                "SET app.tenant = 'blue'",
                "SET app.tenant TO 'blue'; SELECT 1",
                "DO 'BEGIN PERFORM set_config(''app.tenant'', ''blue'', false); END'",
                "SELECT public.enter('blue')",
                "SELECT enter_by_another('blue')",
                "BEGIN; SET app.tenant = 'red'; SAVEPOINT s; SET app.tenant = 'green'; ROLLBACK TO s;"
                        + " SET app.tenant = 'blue'; COMMIT"
            })
    void settingsOfOnesOwnAreNotSeenByOthers(String sql) throws Exception {
        try (TestProxy proxy = proxy();
                Connection one = proxy.connect(SIMPLE);
                Connection two = proxy.connect(SIMPLE)) {
            run(one, sql);
            assertThat(tenant(two)).isNullOrEmpty();
            assertThat(tenant(one)).isEqualTo("blue");
            assertThat(tenant(two)).isNullOrEmpty();
            assertThat(backends(one, two)).hasSize(1);
        }
    }

    @Test
    void namesThatAreNotToldPin() throws Exception {
        try (TestProxy proxy = TestProxy.start(TestSettings.of(server.port()).poolSize(2));
                Connection one = proxy.connect(EXTENDED);
                Connection two = proxy.connect(EXTENDED);
                PreparedStatement set =
                        one.prepareStatement("SELECT set_config(?, ?, ?::boolean)")) {
            set.setString(1, "app.hidden");
            set.setString(2, "5");
            set.setString(3, "false");
            set.execute();
            assertThat(value(two, "SELECT current_setting('app.hidden', true)")).isNull();
            assertThat(value(one, "SELECT current_setting('app.hidden', true)")).isEqualTo("5");
            assertThat(proxy.pins()).containsExactly(Set.of(Pin.UNSEEN));
        }
    }

    @Test
    void whatTheConnectQuerySetsIsEverybodysBeginning() throws Exception {
        TestSettings settings =
                TestSettings.of(server.port())
                        .poolSize(1)
                        .change(Changed.backend(SessionSettingsTest::withConnectQuery));
        try (TestProxy proxy = TestProxy.start(settings);
                Connection one = proxy.connect(SIMPLE);
                Connection two = proxy.connect(SIMPLE)) {
            run(one, "SET work_mem = '44MB'");
            one.setAutoCommit(false);
            run(one, "SET app.site = 'there'");
            one.commit();
            one.setAutoCommit(true);
            assertThat(show(two, "work_mem")).isEqualTo("33MB");
            assertThat(show(two, "app.site")).isEqualTo("here");
            assertThat(show(one, "app.site")).isEqualTo("there");
            run(one, "RESET ALL");
            assertThat(show(one, "work_mem")).isEqualTo("33MB");
            run(one, "DISCARD ALL");
            assertThat(show(one, "app.site")).isEqualTo("here");
        }
    }

    private static Backend withConnectQuery(Backend backend) {
        return new Backend(
                backend.hosts(),
                backend.rotate(),
                backend.port(),
                backend.database(),
                backend.user(),
                backend.password(),
                backend.startup(),
                Optional.of("SET work_mem = '33MB'; SET app.site = 'here'"));
    }

    @Test
    void rolesAreTakenLast() throws Exception {
        try (TestProxy proxy = proxy();
                Connection one = proxy.connect(SIMPLE);
                Connection two = proxy.connect(SIMPLE)) {
            run(one, "SET log_min_messages = 'panic'");
            run(one, "SET ROLE clerk");
            assertThat(value(two, "SELECT current_user")).isEqualTo("postgres");
            assertThat(value(one, "SELECT current_user")).isEqualTo("clerk");
            run(two, "SET SESSION AUTHORIZATION clerk");
            assertThat(value(one, "SELECT session_user")).isEqualTo("postgres");
            assertThat(value(two, "SELECT session_user")).isEqualTo("clerk");
            run(one, "RESET ROLE");
            assertThat(value(one, "SELECT current_user")).isEqualTo("postgres");
            assertThat(show(one, "log_min_messages")).isEqualTo("panic");
            run(two, "RESET SESSION AUTHORIZATION");
            assertThat(value(two, "SELECT session_user")).isEqualTo("postgres");
        }
    }

    @Test
    void whatAClientStartsWithIsWhatItGetsBack() throws Exception {
        String options = "options=-c work_mem=33MB -c app.color=green";
        try (TestProxy proxy = proxy();
                Connection one =
                        proxy.connect(
                                SIMPLE,
                                options,
                                "ApplicationName=one",
                                "assumeMinServerVersion=14");
                Connection two = proxy.connect(SIMPLE, "ApplicationName=two")) {
            assertThat(show(one, "work_mem")).isEqualTo("33MB");
            assertThat(show(two, "work_mem")).isNotEqualTo("33MB");
            assertThat(show(one, "application_name")).isEqualTo("one");
            assertThat(show(two, "application_name")).isEqualTo("two");
            assertThat(show(one, "app.color")).isEqualTo("green");
            run(one, "SET work_mem = '44MB'");
            assertThat(show(one, "work_mem")).isEqualTo("44MB");
            for (String back : new String[] {"RESET work_mem", "RESET ALL", "DISCARD ALL"}) {
                run(one, back);
                assertThat(show(one, "work_mem")).as(back).isEqualTo("33MB");
                assertThat(show(one, "application_name")).as(back).isEqualTo("one");
                run(one, "SET work_mem = '44MB'");
            }
        }
    }

    @Test
    void wrongStartupSettingsAreRefusedAtLogin() throws Exception {
        try (TestProxy proxy = proxy()) {
            assertThatThrownBy(() -> proxy.connect(SIMPLE, "options=-c work_mem=much"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("work_mem");
            assertThatThrownBy(() -> proxy.connect(SIMPLE, "options=-c no_such_thing=1"))
                    .hasMessageContaining("no_such_thing");
            assertThatThrownBy(() -> proxy.connect(SIMPLE, "options=nonsense"))
                    .hasMessageContaining("options");
            try (Connection fine = proxy.connect(SIMPLE, "options=-c TimeZone=Asia/Tokyo")) {
                assertThat(show(fine, "TimeZone")).isNotEmpty();
            }
        }
    }

    @Test
    void aSettingThatCannotBeSetElsewhereEndsTheSession() throws Exception {
        server.execute("CREATE ROLE passing");
        try (TestProxy proxy = proxy();
                Connection one = proxy.connect(SIMPLE);
                Connection two = proxy.connect(SIMPLE)) {
            run(one, "SET ROLE passing");
            run(two, "SELECT 1");
            run(two, "DROP ROLE passing");
            assertThatThrownBy(() -> value(one, "SELECT current_user"))
                    .hasMessageContaining("settings could not be set");
            assertThat(value(two, "SELECT current_user")).isEqualTo("postgres");
        }
    }

    @Test
    void nobodySeesWhatAClientDrewFromASequence() throws Exception {
        server.execute("CREATE SEQUENCE numbers");
        try (TestProxy proxy = proxy();
                Connection one = proxy.connect(SIMPLE);
                Connection two = proxy.connect(SIMPLE)) {
            run(one, "SELECT nextval('numbers')");
            assertThatThrownBy(() -> run(two, "SELECT currval('numbers')"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("not yet defined in this session");
            run(one, "SELECT nextval('numbers')");
            assertThatThrownBy(() -> run(two, "SELECT lastval()"))
                    .hasMessageContaining("not yet defined in this session");
            one.setAutoCommit(false);
            String drawn = value(one, "SELECT nextval('numbers')");
            assertThat(value(one, "SELECT currval('numbers')")).isEqualTo(drawn);
            one.commit();
        }
    }

    @Test
    void functionsThatAreDefinedLaterAreLearned() throws Exception {
        try (TestProxy proxy = proxy();
                Connection one = proxy.connect(SIMPLE);
                Connection two = proxy.connect(SIMPLE)) {
            run(
                    one,
                    "CREATE FUNCTION public.late() RETURNS void LANGUAGE plpgsql AS $$ BEGIN"
                            + " EXECUTE 'SET work_mem = ''55MB'''; END $$");
            run(one, "SELECT public.late()");
            assertThat(show(two, "work_mem")).isNotEqualTo("55MB");
            assertThat(show(one, "work_mem")).isEqualTo("55MB");
        }
    }

    private static Set<Integer> backends(Connection... connections) throws SQLException {
        Set<Integer> backends = new HashSet<>();
        for (Connection connection : connections) {
            backends.add(Integer.valueOf(value(connection, "SELECT pg_backend_pid()")));
        }
        return backends;
    }

    private static String tenant(Connection connection) throws SQLException {
        return value(connection, "SELECT current_setting('app.tenant', true)");
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String show(Connection connection, String setting) throws SQLException {
        return value(connection, "SELECT current_setting('" + setting + "')");
    }

    private static String value(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
        }
        return values.getFirst();
    }
}
