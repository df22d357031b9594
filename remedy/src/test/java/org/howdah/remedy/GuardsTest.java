package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.howdah.remedy.Workshop.name;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.howdah.remedy.GuardReading.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardsTest {
    private static final GuardScene.Work CHEAP = new GuardScene.Work(false, Cost.NOTHING);

    private static Workshop shop;
    private static String database;
    private static Session session;

    @BeforeAll
    static void open() {
        shop = Workshop.open();
        database = shop.database();
        shop.execute(
                database,
                "CREATE TABLE orders (id int)",
                "CREATE ROLE plain LOGIN",
                "CREATE ROLE viewer LOGIN IN ROLE pg_monitor");
        session = Session.open(shop.dsn(database), SessionOptions.reading("remedy"));
    }

    @AfterAll
    static void close() {
        session.close();
        shop.close();
    }

    private static GuardScene scene(Session reader, GuardScene.Work work) {
        long table = TableFact.find(reader, name("orders")).orElseThrow().oid();
        return new GuardScene(reader, work, OptionalLong.of(table), 0, Clock.systemUTC());
    }

    @ParameterizedTest
    @CsvSource({
        // Friday 22:00 to Saturday 04:00 in Berlin, an hour ahead of UTC in winter.
        "2024-01-05T20:59:59Z, false",
        "2024-01-05T21:00:00Z, true",
        "2024-01-06T02:59:59Z, true",
        "2024-01-06T03:00:00Z, false",
        "2024-01-06T21:30:00Z, false"
    })
    void windowOverMidnightBelongsToTheDayOnWhichItOpens(Instant moment, boolean inside) {
        TimeWindow window =
                new TimeWindow(
                        Set.of(DayOfWeek.FRIDAY),
                        LocalTime.of(22, 0),
                        LocalTime.of(4, 0),
                        ZoneId.of("Europe/Berlin"));
        assertThat(window.contains(moment)).isEqualTo(inside);
        GuardReading reading =
                new WindowGuard(List.of(window))
                        .look(
                                new GuardScene(
                                        session,
                                        CHEAP,
                                        OptionalLong.empty(),
                                        0,
                                        Clock.fixed(moment, ZoneOffset.UTC)));
        assertThat(reading.verdict()).isEqualTo(inside ? Verdict.PASS : Verdict.WAIT);
        assertThat(reading.sentence()).contains("Fri 22:00-04:00 Europe/Berlin");
    }

    @Test
    void diskSpaceIsKnownWhereTheOwnerSaysItOrTheServerIsHere() {
        GuardScene.Work large = new GuardScene.Work(true, new Cost(0, 0, 0, 1_000));
        assertThat(
                        new DiskSpaceGuard(OptionalLong.of(1_500), 100)
                                .look(scene(session, large))
                                .verdict())
                .isEqualTo(Verdict.PASS);
        assertThat(
                        new DiskSpaceGuard(OptionalLong.of(1_500), 600)
                                .look(scene(session, large))
                                .verdict())
                .isEqualTo(Verdict.REFUSE);
        assertThat(
                        new DiskSpaceGuard(OptionalLong.empty(), 0)
                                .look(scene(session, large))
                                .verdict())
                .isEqualTo(Verdict.PASS);
        GuardScene.Work huge = new GuardScene.Work(true, new Cost(0, 0, 0, Long.MAX_VALUE / 2));
        assertThat(new DiskSpaceGuard(OptionalLong.empty(), 0).look(scene(session, huge)).verdict())
                .isEqualTo(Verdict.REFUSE);
    }

    @Test
    void whatARoleMayNotSeeIsUnknownAndThePolicyDecides() throws SQLException {
        try (Connection busy = shop.transaction(database, "SELECT * FROM orders");
                Session plain =
                        Session.open(
                                shop.dsn(database).withUser("plain"),
                                SessionOptions.reading("remedy"));
                Session viewer =
                        Session.open(
                                shop.dsn(database).withUser("viewer"),
                                SessionOptions.reading("remedy"))) {
            LoadGuard guard = new LoadGuard(OptionalInt.of(20));
            GuardReading reading = guard.look(scene(plain, CHEAP));
            assertThat(reading.verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(reading.sentence()).contains("GRANT pg_monitor");
            assertThat(reading.blocks(true)).isTrue();
            assertThat(reading.blocks(false)).isFalse();
            assertThat(guard.look(scene(viewer, CHEAP)).verdict()).isEqualTo(Verdict.PASS);

            OldSnapshotGuard snapshots = new OldSnapshotGuard(Duration.ofHours(1));
            GuardScene.Work index = new GuardScene.Work(true, Cost.NOTHING);
            assertThat(snapshots.look(scene(plain, index)).verdict()).isEqualTo(Verdict.UNKNOWN);
            assertThat(snapshots.look(scene(viewer, index)).verdict()).isEqualTo(Verdict.PASS);
            busy.rollback();
        }
    }

    @Test
    void preparedTransactionOnTheTableIsNamed() {
        shop.execute(
                database, "BEGIN", "INSERT INTO orders VALUES (1)", "PREPARE TRANSACTION 'stuck'");
        try {
            GuardReading reading =
                    new OldSnapshotGuard(Duration.ZERO)
                            .look(scene(session, new GuardScene.Work(true, Cost.NOTHING)));
            assertThat(reading.verdict()).isEqualTo(Verdict.WAIT);
            assertThat(reading.sentence()).contains("prepared transaction 'stuck'");
        } finally {
            shop.execute(database, "ROLLBACK PREPARED 'stuck'");
        }
    }

    @Test
    void walRateIsMeasuredBetweenTwoLooks() {
        WalRateGuard guard = new WalRateGuard(OptionalLong.of(1_000));
        assertThat(guard.look(scene(session, CHEAP)).verdict()).isEqualTo(Verdict.PASS);
        shop.execute(database, "INSERT INTO orders SELECT generate_series(1, 50000)");
        assertThat(guard.look(scene(session, CHEAP)).verdict()).isEqualTo(Verdict.WAIT);
    }

    @Test
    void allGuardsLetAnIdleServerPass() {
        assertThat(new Guards(GuardLimits.defaults()).before(scene(session, CHEAP)))
                .hasSize(8)
                .allMatch(reading -> reading.verdict() == Verdict.PASS);
    }
}
