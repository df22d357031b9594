package org.howdah.check;

/** Why rules that weigh settings against the machine's memory were left out. */
final class MemoryUnknown {
    static final String REASON =
            "the memory of the server is unknown; give it by --memory or in the configuration file";

    private MemoryUnknown() {}

    static Outcome.NotChecked gap() {
        return new Outcome.NotChecked(REASON, java.util.Optional.empty());
    }
}
