package org.howdah.postgres;

import org.jspecify.annotations.Nullable;

/**
 * Something went wrong that a person can act on: the message is one sentence that names the object,
 * the hint says what to do, the code is stable and may be searched for.
 */
public class HowdahException extends RuntimeException {
    private final String code;
    private final String hint;
    private final ExitCode exitCode;

    public HowdahException(
            String code,
            String message,
            String hint,
            ExitCode exitCode,
            @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.hint = hint;
        this.exitCode = exitCode;
    }

    public HowdahException(String code, String message, String hint, ExitCode exitCode) {
        this(code, message, hint, exitCode, null);
    }

    /** A stable name such as {@code connect-refused}. */
    public String code() {
        return code;
    }

    public String hint() {
        return hint;
    }

    public ExitCode exitCode() {
        return exitCode;
    }
}
