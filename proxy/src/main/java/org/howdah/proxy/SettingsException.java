package org.howdah.proxy;

import java.util.List;
import java.util.stream.Collectors;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;

/** Settings that cannot be followed; none of them is. */
public final class SettingsException extends HowdahException {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> errors;

    /**
     * @param errors at least one
     */
    public SettingsException(List<Problem> errors) {
        super("settings-invalid", message(errors), hint(errors), ExitCode.USAGE);
        this.errors = List.copyOf(errors);
    }

    public List<Problem> errors() {
        return errors;
    }

    private static String message(List<Problem> errors) {
        if (errors.size() == 1) {
            return errors.getFirst().at() + ": " + errors.getFirst().sentence();
        }
        return errors.stream()
                .map(Problem::toString)
                .collect(
                        Collectors.joining(
                                "\n  ",
                                "The settings have %d errors:\n  ".formatted(errors.size()),
                                ""));
    }

    private static String hint(List<Problem> errors) {
        return errors.size() == 1
                ? errors.getFirst().hint()
                : "Correct them all; until then none of the settings is applied";
    }
}
