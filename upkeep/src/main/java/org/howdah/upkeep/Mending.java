package org.howdah.upkeep;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.howdah.advisor.StatementSamples;
import org.howdah.postgres.Dsn;
import org.howdah.remedy.Approval;
import org.howdah.remedy.PlannedRemedy;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.RemedyPlan;
import org.howdah.remedy.RemedyRunner;
import org.howdah.remedy.RunListener;
import org.howdah.remedy.RunResult;

/**
 * Mends a cluster: diagnosis, remedies, and so on phase by phase. Each phase begins with a new
 * diagnosis and runs again as long as that brings new remedies, a few times at most.
 */
public final class Mending {
    private static final int MOST_ROUNDS = 2;

    private final Examiner examiner;
    private final String cluster;
    private final List<Dsn> nodes;
    private final StatementSamples samples;
    private final Predicate<Remedy> wanted;

    /**
     * @param wanted which remedies may be run at all; the policy decides over these
     */
    public Mending(
            Examiner examiner,
            String cluster,
            List<Dsn> nodes,
            StatementSamples samples,
            Predicate<Remedy> wanted) {
        this.examiner = examiner;
        this.cluster = cluster;
        this.nodes = List.copyOf(nodes);
        this.samples = samples;
        this.wanted = wanted;
    }

    /** What is wrong, and all that could be done about it: changes nothing. */
    public Diagnosis diagnose() {
        return examiner.examine(cluster, nodes, samples);
    }

    /** Hears which phase begins, in the thread that mends. */
    @FunctionalInterface
    public interface PhaseListener {
        void phase(Phase phase, RemedyPlan plan);
    }

    /**
     * Runs what the policy and the approval allow.
     *
     * @param first a diagnosis just made
     */
    public Mended apply(
            Diagnosis first,
            RemedyRunner runner,
            Approval approval,
            PhaseListener phases,
            RunListener listener) {
        List<RunResult> runs = new ArrayList<>();
        Tried tried = new Tried();
        Diagnosis current = first;
        for (Phase phase : Phase.values()) {
            for (int round = 0; round < MOST_ROUNDS; round++) {
                RemedyPlan plan = part(current, phase, tried);
                if (plan.remedies().isEmpty()) {
                    break;
                }
                phases.phase(phase, plan);
                RunResult result = runner.run(plan, approval, listener);
                runs.add(result);
                plan.remedies().forEach(tried::add);
                if (result.stopped()) {
                    return new Mended(first, runs);
                }
                current = diagnose();
            }
        }
        return new Mended(first, runs);
    }

    /** The remedies of one phase that the run has not tried nor forbidden itself. */
    private RemedyPlan part(Diagnosis diagnosis, Phase phase, Tried tried) {
        RemedyPlan plan = diagnosis.plan();
        List<PlannedRemedy> remedies =
                plan.remedies().stream()
                        .filter(planned -> Phase.of(planned.remedy()) == phase)
                        .filter(planned -> wanted.test(planned.remedy()))
                        .filter(tried::allows)
                        .toList();
        return new RemedyPlan(remedies, plan.byHand(), plan.dropped());
    }
}
