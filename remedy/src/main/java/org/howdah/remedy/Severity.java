package org.howdah.remedy;

/** How bad a finding is, from harmless to urgent. */
public enum Severity {
    /** Worth knowing; costs little. */
    NOTICE,
    /** Costs performance, space or safety today. */
    WARNING,
    /** An outage is here or on its way. */
    CRITICAL
}
