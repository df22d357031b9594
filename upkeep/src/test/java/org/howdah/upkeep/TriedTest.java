package org.howdah.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.howdah.postgres.QualifiedName;
import org.howdah.remedy.DropIndex;
import org.howdah.remedy.Finding;
import org.howdah.remedy.PlannedRemedy;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.SetSetting;
import org.howdah.remedy.Severity;
import org.junit.jupiter.api.Test;

class TriedTest {
    private final Tried tried = new Tried();

    private static PlannedRemedy planned(Remedy remedy, Remedy... also) {
        return new PlannedRemedy(
                remedy,
                List.of(also).stream()
                        .map(other ->
                                Finding.of(
                                                "test",
                                                Severity.WARNING,
                                                other.subject(),
                                                "It is so.",
                                                "Why.",
                                                List.of())
                                        .with(other))
                        .toList());
    }

    private static DropIndex drop(String index, String table, DropIndex.Reason reason) {
        return new DropIndex(
                "shop",
                new QualifiedName("public", index),
                "CREATE INDEX %s ON %s USING btree (\"on\")".formatted(index, table),
                reason);
    }

    private static PlannedRemedy setting(String value) {
        return planned(new SetSetting("max_wal_size", value, Optional.empty(), false));
    }

    @Test
    void aSettingIsSetOnceWhateverTheValue() {
        assertThat(tried.allows(setting("2GB"))).isTrue();
        tried.add(setting("2GB"));
        assertThat(tried.allows(setting("4GB"))).isFalse();
        assertThat(
                        tried.allows(
                                planned(
                                        new SetSetting(
                                                "work_mem", "8MB", Optional.empty(), false))))
                .isTrue();
    }

    @Test
    void aTableThatLostADuplicateKeepsWhatSeemsUnused() {
        PlannedRemedy unused =
                planned(drop("kept", "public.\"a \"\" b\"", DropIndex.Reason.UNUSED));
        assertThat(tried.allows(unused)).isTrue();
        tried.add(planned(drop("spare", "public.\"a \"\" b\"", DropIndex.Reason.DUPLICATE)));
        assertThat(tried.allows(unused)).isFalse();
        assertThat(tried.allows(planned(drop("far", "public.b", DropIndex.Reason.UNUSED))))
                .isTrue();
        assertThat(
                        tried.allows(
                                planned(
                                        drop(
                                                "third",
                                                "public.\"a \"\" b\"",
                                                DropIndex.Reason.REDUNDANT))))
                .isTrue();
    }

    @Test
    void ofTwoReasonsForOneDropTheStandInCounts() {
        DropIndex unused = drop("spare", "public.a", DropIndex.Reason.UNUSED);
        tried.add(planned(unused, unused, drop("spare", "public.a", DropIndex.Reason.REDUNDANT)));
        assertThat(tried.allows(planned(drop("wide", "public.a", DropIndex.Reason.UNUSED))))
                .isFalse();
    }
}
