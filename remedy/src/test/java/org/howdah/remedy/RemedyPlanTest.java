package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.howdah.remedy.Workshop.index;
import static org.howdah.remedy.Workshop.name;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RemedyPlanTest {
    private static final Proof ONE = new Proof(1, "SELECT 1", List.of(), List.of(), 10);
    private static final Proof TWO = new Proof(2, "SELECT 2", List.of(), List.of(), 10);

    private static Finding finding(String check, Severity severity, Remedy... remedies) {
        return Finding.of(check, severity, remedies[0].subject(), check, "why", List.of())
                .with(remedies);
    }

    private static Vacuum vacuum(boolean analyze, boolean freeze) {
        return new Vacuum("shop", name("orders"), analyze, freeze, Cost.reading(5));
    }

    private static DropIndex drop(String index, DropIndex.Reason reason) {
        return new DropIndex("shop", name(index), "", reason);
    }

    @Test
    void ordersByWhatPreparesWhat() {
        RemedyPlan plan =
                RemedyPlan.of(
                        List.of(
                                finding(
                                        "a",
                                        Severity.NOTICE,
                                        new Reindex("shop", name("r"), Cost.NOTHING)),
                                finding(
                                        "b",
                                        Severity.CRITICAL,
                                        drop("unused", DropIndex.Reason.UNUSED)),
                                finding(
                                        "c",
                                        Severity.NOTICE,
                                        index("shop", "orders", "new", "(id)")),
                                finding(
                                        "d",
                                        Severity.NOTICE,
                                        new Analyze("shop", name("items"), Cost.NOTHING)),
                                finding("e", Severity.NOTICE, vacuum(false, false)),
                                finding(
                                        "f",
                                        Severity.NOTICE,
                                        new SetTableOptions(
                                                "shop",
                                                name("orders"),
                                                Map.of("fillfactor", "80"),
                                                Map.of())),
                                finding(
                                        "g",
                                        Severity.NOTICE,
                                        new SetSetting("work_mem", "8MB", Optional.empty(), false)),
                                finding(
                                        "h",
                                        Severity.NOTICE,
                                        drop("broken", DropIndex.Reason.INVALID))));
        assertThat(plan.remedies())
                .extracting(planned -> planned.remedy().kind())
                .containsExactly(
                        "drop-index",
                        "setting",
                        "table-options",
                        "vacuum",
                        "analyze",
                        "create-index",
                        "drop-index",
                        "reindex");
        assertThat(plan.remedies().getFirst().remedy().subject().name()).isEqualTo("public.broken");
    }

    @Test
    void oneRemedyServesSeveralFindings() {
        RemedyPlan plan =
                RemedyPlan.of(
                        List.of(
                                finding("dead", Severity.NOTICE, vacuum(true, false)),
                                finding("old", Severity.CRITICAL, vacuum(false, true)),
                                finding(
                                        "stale",
                                        Severity.NOTICE,
                                        new Analyze("shop", name("orders"), Cost.NOTHING))));
        assertThat(plan.remedies()).hasSize(1);
        PlannedRemedy planned = plan.remedies().getFirst();
        assertThat(planned.remedy()).isEqualTo(vacuum(true, true));
        assertThat(planned.findings()).extracting(Finding::check).containsExactly("old", "dead");
        assertThat(planned.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(plan.dropped())
                .singleElement()
                .satisfies(dropped ->
                        assertThat(dropped.reason())
                                .isEqualTo("the vacuum of the table analyzes it"));
    }

    @Test
    void sameIndexGathersItsProofs() {
        RemedyPlan plan =
                RemedyPlan.of(
                        List.of(
                                finding(
                                        "a",
                                        Severity.NOTICE,
                                        index("shop", "orders", "one", "(id)", ONE)),
                                finding(
                                        "b",
                                        Severity.NOTICE,
                                        index("shop", "orders", "two", "(id)", TWO))));
        assertThat(plan.remedies()).hasSize(1);
        assertThat(((CreateIndex) plan.remedies().getFirst().remedy()).proof())
                .containsExactly(ONE, TWO);
    }

    @Test
    void conflictsAreDroppedWithAReason() {
        RemedyPlan plan =
                RemedyPlan.of(
                        List.of(
                                finding(
                                        "a",
                                        Severity.NOTICE,
                                        new Reindex("shop", name("gone"), Cost.NOTHING)),
                                finding(
                                        "b",
                                        Severity.NOTICE,
                                        drop("gone", DropIndex.Reason.UNUSED)),
                                finding(
                                        "c",
                                        Severity.NOTICE,
                                        new SetSetting("work_mem", "8MB", Optional.empty(), false)),
                                finding(
                                        "d",
                                        Severity.WARNING,
                                        new SetSetting("work_mem", "4MB", Optional.empty(), false)),
                                finding(
                                        "e",
                                        Severity.NOTICE,
                                        index("shop", "orders", "same", "(id)")),
                                finding(
                                        "f",
                                        Severity.NOTICE,
                                        index("shop", "orders", "same", "(total)"))));
        assertThat(plan.remedies()).hasSize(3);
        assertThat(((SetSetting) plan.remedies().getFirst().remedy()).value()).isEqualTo("4MB");
        assertThat(plan.dropped())
                .extracting(RemedyPlan.Dropped::reason)
                .containsExactly(
                        "another finding asks for something else on work_mem and is at least as severe",
                        "the index is to be dropped",
                        "another new index has the same name");
    }

    @Test
    void whatOnlyPeopleMayDoIsKeptApart() {
        ByHand advice =
                new ByHand(Subject.setting("shared_buffers"), "Restart the server", List.of());
        RemedyPlan plan =
                RemedyPlan.of(
                        List.of(
                                finding("a", Severity.NOTICE, advice),
                                finding("b", Severity.WARNING, advice)));
        assertThat(plan.remedies()).isEmpty();
        assertThat(plan.byHand()).hasSize(1);
        assertThat(plan.byHand().getFirst().findings()).hasSize(2);
    }
}
