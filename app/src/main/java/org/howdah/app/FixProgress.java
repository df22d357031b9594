package org.howdah.app;

import java.util.Optional;
import java.util.OptionalDouble;
import org.howdah.remedy.PlannedRemedy;
import org.howdah.remedy.RemedyOutcome;
import org.howdah.remedy.RemedyPlan;
import org.howdah.remedy.RunListener;
import org.howdah.report.Progress;
import org.howdah.upkeep.Mending;
import org.howdah.upkeep.Phase;

/** Shows each remedy as a step, with the server's own account of how far it is. */
final class FixProgress implements Mending.PhaseListener, RunListener {
    private final Progress progress;
    private Optional<Progress.Step> step = Optional.empty();
    private String title = "";

    FixProgress(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void phase(Phase phase, RemedyPlan plan) {
        progress.say(phase.title());
    }

    @Override
    public void started(PlannedRemedy planned, int position, int total) {
        // Opened with its first sign of life: until then a person may be asked whether it may run.
        step = Optional.empty();
        title =
                "%d/%d %s %s"
                        .formatted(
                                position,
                                total,
                                planned.remedy().kind(),
                                planned.remedy().subject());
    }

    private Progress.Step current() {
        if (step.isEmpty()) {
            step = Optional.of(progress.step(title));
        }
        return step.get();
    }

    @Override
    public void waiting(String why) {
        current().note("waiting: " + why);
    }

    @Override
    public void statement(String sql) {
        current().note(sql.lines().findFirst().orElse(""));
    }

    @Override
    public void progress(String phase, OptionalDouble share) {
        current()
                .note(
                        share.isPresent()
                                ? "%s %.0f %%".formatted(phase, share.getAsDouble() * 100)
                                : phase);
    }

    @Override
    public void ended(RemedyOutcome outcome) {
        step.ifPresent(shown -> {
            switch (outcome.state()) {
                case FAILED, INTERRUPTED, REFUSED, NOT_PROVEN ->
                        shown.fail(Words.lower(outcome.state()) + ": " + outcome.reason());
                case PLANNED, RUNNING, DONE, UNDONE -> {}
            }
            shown.close();
        });
        step = Optional.empty();
    }
}
