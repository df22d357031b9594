package org.howdah.check;

import static org.howdah.check.SettingUnits.GB;
import static org.howdah.check.SettingUnits.KB;

import java.util.stream.Stream;
import org.howdah.cluster.ClusterFacts;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Severity;
import org.howdah.report.Quantity;
import org.howdah.report.Units;

/** Page tables of all sessions that large shared buffers need without huge pages. */
final class SettingsHugePagesCheck implements Check {
    /** A page and its entry in the table of each process, on x86-64 and ARM alike. */
    private static final long PAGE_BYTES = 4 * KB;

    private static final long ENTRY_BYTES = 8;

    /** Memory that holds nothing but page tables. */
    private static final long MUCH = GB;

    @Override
    public String id() {
        return "settings-huge-pages";
    }

    @Override
    public Outcome run(ClusterFacts facts) {
        return ServerSettings.judge(facts, this::judge);
    }

    // https://www.postgresql.org/docs/current/kernel-resources.html#LINUX-HUGE-PAGES
    private Stream<Finding> judge(ServerSettings settings) {
        boolean used =
                settings.has("huge_pages_status")
                        ? settings.isOn("huge_pages_status")
                        : !settings.isOff("huge_pages");
        long perSession = settings.bytes("shared_buffers") / PAGE_BYTES * ENTRY_BYTES;
        long all = perSession * (long) settings.number("max_connections");
        if (used || settings.platform().isManaged() || all <= MUCH) {
            return Stream.empty();
        }
        return Stream.of(
                settings.advise(
                        id(),
                        Severity.NOTICE,
                        "huge_pages",
                        ServerSettings.byHand(
                                "huge_pages",
                                "Reserve vm.nr_hugepages for shared_memory_size_in_huge_pages ("
                                        + settings.text("shared_memory_size_in_huge_pages")
                                        + ") and restart with huge_pages = on"),
                        "shared_buffers = %s without huge pages needs up to %s of page tables for %s connections"
                                .formatted(
                                        settings.show("shared_buffers"),
                                        Units.bytes(all),
                                        settings.text("max_connections")),
                        "Each process maps all of shared buffers in pages of 4 kB: the tables take"
                                + " memory, and looking through them takes processor time.",
                        Measure.against("page tables", all, Quantity.BYTES, MUCH)));
    }
}
