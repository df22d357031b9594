package org.howdah.check;

import java.time.Instant;
import java.util.List;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.Facts;
import org.howdah.postgres.Hardware;
import org.howdah.postgres.ServerFacts;
import org.howdah.postgres.SettingFact;

/** What was read of a real server, with one thing other than it is. */
final class ChangedFacts {
    private ChangedFacts() {}

    static Catalog setting(Catalog catalog, String name, String value) {
        List<SettingFact> settings =
                catalog.server().settings().orNone().stream()
                        .map(s -> s.name().equals(name) ? with(s, value) : s)
                        .toList();
        return with(catalog, Reading.MACHINE, new Facts.Known<>(settings, Instant.EPOCH));
    }

    static Catalog withoutHardware(Catalog catalog) {
        return with(catalog, Hardware.unknown(), catalog.server().settings());
    }

    private static SettingFact with(SettingFact s, String value) {
        return new SettingFact(
                s.name(),
                value,
                s.unit(),
                s.context(),
                s.source(),
                s.bootValue(),
                s.pendingRestart());
    }

    private static Catalog with(Catalog catalog, Hardware hardware, Facts<SettingFact> settings) {
        var s = catalog.server();
        return new Catalog(
                catalog.node(),
                catalog.version(),
                catalog.inRecovery(),
                new ServerFacts(
                        s.rights(),
                        s.platform(),
                        hardware,
                        settings,
                        s.fileSettings(),
                        s.roleSettings(),
                        s.databases(),
                        s.databaseSizes(),
                        s.tableIo(),
                        s.activity(),
                        s.lockWaits(),
                        s.replicas(),
                        s.receiver(),
                        s.slots(),
                        s.preparedTransactions(),
                        s.archiver(),
                        s.archiveQueue(),
                        s.walDirectory(),
                        s.checkpoints(),
                        s.wal(),
                        s.vacuums(),
                        s.statements(),
                        s.statementTotals(),
                        s.roles(),
                        s.passwords(),
                        s.hbaRules(),
                        s.rates()),
                catalog.database());
    }
}
