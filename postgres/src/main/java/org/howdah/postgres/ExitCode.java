package org.howdah.postgres;

/** What a process of Howdah ends with; programs and scripts may rely on these numbers. */
public enum ExitCode {
    FINE(0),
    FINDINGS(1),
    USAGE(2),
    CANNOT_CONNECT(3),
    REFUSED(4),
    FAILED(5),
    /** Ended by Ctrl-C or a request to end while nothing of a user's was being changed. */
    INTERRUPTED(130);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
