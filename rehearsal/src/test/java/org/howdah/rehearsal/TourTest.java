package org.howdah.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.howdah.embedded.Host;
import org.howdah.postgres.Environment;
import org.howdah.remedy.JournalEntry;
import org.howdah.remedy.RemedyState;
import org.howdah.report.Progress;
import org.howdah.report.Terminal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A whole tour on little data and with names that mean nothing. */
class TourTest {
    private static TourResult result;

    private static Tour tour() {
        TourOptions options =
                TourOptions.defaults()
                        .withScale(0.05)
                        .withRename(7)
                        .withLoops(Duration.ofSeconds(3), Duration.ofSeconds(3));
        return new Tour(options, Environment.ofProcess(), Host.local(), Clock.systemUTC(), "test");
    }

    @BeforeAll
    static void run() {
        result = tour().run(Progress.none(), _ -> true);
    }

    private static List<String> done(String kind) {
        return result.journal().stream()
                .filter(entry -> entry.state() == RemedyState.DONE && entry.kind().equals(kind))
                .map(entry -> entry.subject().name())
                .toList();
    }

    @Test
    void theFaultsAreFound() {
        assertThat(result.findings())
                .extracting(finding -> finding.check())
                .contains(
                        "invalid-index", "duplicate-index", "autovacuum-disabled", "index-missing");
    }

    @Test
    void indexesAreBuiltAndProven() {
        assertThat(done("create-index")).hasSizeGreaterThan(3);
    }

    @Test
    void deadRowsAreGone() {
        assertThat(result.before().deadRows()).isGreaterThan(Figures.DEAD_BEFORE);
        assertThat(result.after().deadRows()).isLessThan(result.before().deadRows() / 2);
    }

    @Test
    void moreAccessesUseAnIndex() {
        assertThat(result.after().indexedAccesses())
                .isGreaterThan(result.before().indexedAccesses());
    }

    @Test
    void nothingIsLeftHalfDone() {
        assertThat(result.journal()).extracting(JournalEntry::state).allMatch(RemedyState::isEnd);
    }

    @Test
    void nothingKnowsTheWorkloadsNames() {
        assertThat(result.findings().toString())
                .doesNotContain("security_events", "vulnerabilit", "audit_log");
        assertThat(result.journal().toString())
                .doesNotContain("security_events", "vulnerabilit", "audit_log");
    }

    @Test
    void theTableHasEveryFigure() {
        String table = TourTable.render(result, Terminal.plain());
        result.figures().forEach(figure -> assertThat(table).contains(figure.after()));
    }

    @Test
    void programsGetEveryFigure() {
        assertThat(TourJson.render(result)).contains("\"figures\"", "\"journal\"", "\"before\"");
    }

    @Test
    void theReportIsOneFile() {
        assertThat(TourPage.render(result))
                .contains("<svg", "workload at scale 0.05,")
                .doesNotContain("<script", "src=\"http", "href=\"http");
    }

    @Test
    void whoDeclinesKeepsTheClusterAsItIs() {
        assertThatThrownBy(() -> tour().run(Progress.none(), _ -> false))
                .isInstanceOf(TourDeclined.class);
    }
}
