package org.howdah.rehearsal;

import java.util.Optional;
import java.util.OptionalDouble;
import org.howdah.remedy.PlannedRemedy;
import org.howdah.remedy.RemedyOutcome;
import org.howdah.remedy.RemedyPlan;
import org.howdah.remedy.RemedyState;
import org.howdah.remedy.RunListener;
import org.howdah.report.Progress;
import org.howdah.report.Quantity;
import org.howdah.upkeep.Mending;
import org.howdah.upkeep.Phase;

/** Shows mending as one step a phase, counted in remedies. */
final class MendingProgress implements Mending.PhaseListener, RunListener, AutoCloseable {
    private final Progress progress;
    private Optional<Progress.Step> step = Optional.empty();

    MendingProgress(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void phase(Phase phase, RemedyPlan plan) {
        close();
        step =
                Optional.of(
                        progress.step(
                                phase.title(), plan.remedies().size(), Quantity.COUNT, "remedies"));
    }

    @Override
    public void started(PlannedRemedy planned, int position, int total) {
        step.ifPresent(current ->
                current.note(planned.remedy().kind() + " " + planned.remedy().subject()));
    }

    @Override
    public void progress(String phase, OptionalDouble share) {
        share.ifPresent(part ->
                step.ifPresent(current -> current.note("%s %.0f %%".formatted(phase, part * 100))));
    }

    @Override
    public void ended(RemedyOutcome outcome) {
        step.ifPresent(current -> current.advance(1));
        if (outcome.state() != RemedyState.DONE) {
            progress.say(
                    "%s %s: %s %s"
                            .formatted(
                                    outcome.planned().remedy().kind(),
                                    outcome.planned().remedy().subject(),
                                    outcome.state(),
                                    outcome.reason()));
        }
    }

    @Override
    public void close() {
        step.ifPresent(Progress.Step::close);
        step = Optional.empty();
    }
}
