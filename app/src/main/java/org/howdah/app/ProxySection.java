package org.howdah.app;

import java.util.List;
import org.howdah.proxy.Problem;
import org.howdah.proxy.RawSettings;

/**
 * The section {@code proxy} of the file. Its keys are the proxy's own table of keys, which judges
 * them; a record would make them keys of ours.
 */
final class ProxySection {
    private final RawSettings settings;
    private final List<Problem> problems;

    ProxySection(RawSettings settings, List<Problem> problems) {
        this.settings = settings;
        this.problems = List.copyOf(problems);
    }

    RawSettings settings() {
        return settings;
    }

    /** What is wrong with the form of the section. */
    List<Problem> problems() {
        return problems;
    }
}
