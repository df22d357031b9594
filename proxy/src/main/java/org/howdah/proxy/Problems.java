package org.howdah.proxy;

import java.util.ArrayList;
import java.util.List;

/** Collects all that is wrong, so that a person sees it at once and not one after the other. */
public final class Problems {
    private final List<Problem> problems = new ArrayList<>();

    public void error(Position at, String sentence, String hint) {
        problems.add(new Problem(Problem.Weight.ERROR, at, sentence, hint));
    }

    public void warning(Position at, String sentence, String hint) {
        problems.add(new Problem(Problem.Weight.WARNING, at, sentence, hint));
    }

    public void note(Position at, String sentence, String hint) {
        problems.add(new Problem(Problem.Weight.NOTE, at, sentence, hint));
    }

    public void addAll(List<Problem> others) {
        problems.addAll(others);
    }

    /** In the order in which they were found. */
    public List<Problem> all() {
        return List.copyOf(problems);
    }

    /**
     * @throws SettingsException with all errors, if there are any
     */
    public void refuseErrors() {
        List<Problem> errors =
                problems.stream()
                        .filter(problem -> problem.weight() == Problem.Weight.ERROR)
                        .toList();
        if (!errors.isEmpty()) {
            throw new SettingsException(errors);
        }
    }
}
