package org.howdah.pgbouncer;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problem;
import org.howdah.proxy.Problems;
import org.howdah.proxy.RawSettings;
import org.howdah.proxy.RawValue;
import org.howdah.proxy.SettingsBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reload and SET on the console change. */
class ReloadTest {
    private static final String MAIN = "[pgbouncer]\nauth_user = x\n";

    @TempDir private Path directory;

    @Test
    void whatOnlyAStartMayChangeStaysWithAWarning() {
        Ini ini = new Ini(directory);
        RawSettings running = ini.raw(MAIN + "listen_port = 7000\n", new Problems());
        Problems problems = new Problems();
        RawSettings read =
                ini.raw(
                        MAIN + "listen_port = 7001\nlisten_backlog = 0x80\npool_mode = statement\n",
                        problems);
        RawSettings merged = read.reloadedOver(running, problems);
        var settings =
                SettingsBuilder.build(merged, new LoginFiles(directory, Map.of()), problems)
                        .settings();
        assertThat(settings.listen().port()).isEqualTo(7000);
        assertThat(settings.pool().mode().name()).isEqualTo("STATEMENT");
        assertThat(problems.all())
                .extracting(Problem::toString)
                .singleElement()
                .asString()
                .startsWith("pgbouncer.ini:3: listen_port cannot change while the proxy runs");
    }

    @Test
    void aKeyThatIsNoLongerWrittenKeepsItsValueToo() {
        Ini ini = new Ini(directory);
        RawSettings running = ini.raw(MAIN + "listen_port = 7000\n", new Problems());
        Problems problems = new Problems();
        RawSettings merged = ini.raw(MAIN, problems).reloadedOver(running, problems);
        assertThat(merged.shown())
                .filteredOn(line -> line.key().equals("listen_port"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.value()).isEqualTo("7000");
                    assertThat(line.fallback()).isEqualTo("6432");
                    assertThat(line.changeable()).isFalse();
                });
        assertThat(problems.all()).hasSize(1);
    }

    @Test
    void setChangesOneValueAndIsJudgedAsAFileIs() {
        Ini ini = new Ini(directory);
        RawSettings raw = ini.raw(MAIN, new Problems());
        RawSettings changed =
                raw.with("pool_mode", new RawValue("transaction", new Position("SET", 0)));
        assertThat(
                        SettingsBuilder.build(
                                        changed,
                                        new LoginFiles(directory, Map.of()),
                                        new Problems())
                                .settings()
                                .pool()
                                .mode()
                                .name())
                .isEqualTo("TRANSACTION");
    }

    @Test
    void conffileIsWhereTheNextReloadLooks() {
        RawSettings raw = new Ini(directory).raw(MAIN, new Problems());
        assertThat(raw.nextFile()).isEqualTo("pgbouncer.ini");
        RawSettings changed =
                raw.with("conffile", new RawValue("other.ini", new Position("SET", 0)));
        assertThat(changed.nextFile()).isEqualTo("other.ini");
        assertThat(changed.shown())
                .filteredOn(line -> line.key().equals("conffile"))
                .singleElement()
                .satisfies(line -> assertThat(line.value()).isEqualTo("other.ini"));
    }
}
