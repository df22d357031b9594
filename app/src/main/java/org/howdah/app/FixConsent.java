package org.howdah.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.remedy.Approval;
import org.howdah.remedy.Decision;
import org.howdah.remedy.Permission;
import org.howdah.remedy.PlannedRemedy;
import org.howdah.remedy.RemedyRunner;
import org.howdah.report.Style;
import org.jspecify.annotations.Nullable;

/**
 * Asks the person at the terminal for what the policy does not allow by itself. What the
 * configuration says may only be advised is not asked for.
 */
final class FixConsent implements Approval {
    private final Context context;
    private final boolean advisedOnly;
    private final boolean askNobody;
    private final BufferedReader answers;
    private final AtomicBoolean asking = new AtomicBoolean();
    private final AtomicBoolean yesToAll;
    private final AtomicBoolean enough = new AtomicBoolean();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final AtomicReference<Optional<RemedyRunner>> running =
            new AtomicReference<>(Optional.empty());

    FixConsent(Context context, Configuration configuration, boolean yes) {
        this.context = context;
        this.advisedOnly =
                configuration.defaultMode().equals(Optional.of(Configuration.Mode.ADVISE));
        this.yesToAll = new AtomicBoolean(yes);
        this.askNobody = !context.terminal().interactive() || context.options().json();
        this.answers =
                new BufferedReader(
                        new InputStreamReader(context.surroundings().in(), StandardCharsets.UTF_8));
    }

    /**
     * @throws HowdahException (exit code 4) where nothing could be run, since nobody can be asked
     */
    void requireSomebodyOrPolicy(FixPlan plan) {
        boolean any =
                plan.steps().stream()
                        .map(FixPlan.Step::decision)
                        .anyMatch(decision ->
                                decision.permission() == Permission.APPLY
                                        || (!forbidden(decision)
                                                && (yesToAll.get() || !askNobody)));
        if (!any && !plan.steps().isEmpty()) {
            throw new HowdahException(
                    "fix-not-allowed",
                    "None of the %s may be run: the policy does not apply them, and nobody can be"
                                    .formatted(
                                            Words.plural(plan.steps().size(), "remedy", "remedies"))
                            + " asked",
                    "Say --yes, or set policies in howdah.yaml to apply",
                    ExitCode.REFUSED);
        }
    }

    private boolean forbidden(Decision decision) {
        return decision.permission() == Permission.ADVISE
                && (decision.rule().isPresent() || advisedOnly);
    }

    @Override
    public Optional<String> allow(PlannedRemedy planned, Decision decision) {
        if (forbidden(decision) || enough.get()) {
            return Optional.empty();
        }
        String person = context.surroundings().environment().user();
        if (yesToAll.get()) {
            return Optional.of(person + " (yes to all)");
        }
        return !askNobody && ask(planned) ? Optional.of(person) : Optional.empty();
    }

    private boolean ask(PlannedRemedy planned) {
        asking.set(true);
        try {
            var terminal = context.terminal();
            context.err().println();
            planned.findings().stream()
                    .findFirst()
                    .ifPresent(finding ->
                            context.err()
                                    .println(
                                            terminal.paint(
                                                            Words.style(finding.severity()),
                                                            Words.lower(finding.severity()))
                                                    + "  "
                                                    + finding.subject()
                                                    + ": "
                                                    + finding.summary()));
            planned.remedy()
                    .statements()
                    .forEach(statement ->
                            context.err().println("  " + terminal.paint(Style.ACCENT, statement)));
            context.err().println("  " + Words.lock(planned.remedy().lock()));
            context.err().print("Run it? [y]es, [n]o, [a]ll, [q]uit: ");
            context.err().flush();
            return answer(answers.readLine());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            asking.set(false);
        }
    }

    private boolean answer(@Nullable String typed) {
        String word = typed == null ? "q" : typed.strip().toLowerCase(Locale.ROOT);
        if (word.startsWith("a")) {
            yesToAll.set(true);
        } else if (word.startsWith("q")) {
            enough.set(true);
        }
        return word.startsWith("y") || word.startsWith("a");
    }

    /**
     * Until the registration is closed, Ctrl-C stops the runner and waits for the command's end;
     * while a question is open nothing runs, and the process may end at once.
     */
    Interruption.Registration interruptibly() {
        return context.surroundings().interruption().during(this::stop);
    }

    private boolean stop() {
        stopped.set(true);
        running.get().ifPresent(RemedyRunner::stop);
        if (asking.get()) {
            return false;
        }
        context.err().println("\nStopping: the current remedy ends or is taken back ...");
        return true;
    }

    /** From now on this runner is what an interruption stops. */
    void runs(RemedyRunner runner) {
        running.set(Optional.of(runner));
        if (stopped.get()) {
            runner.stop();
        }
    }
}
