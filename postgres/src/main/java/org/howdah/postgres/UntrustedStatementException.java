package org.howdah.postgres;

/** A statement is not planned, since planning it could run somebody's code with great rights. */
public final class UntrustedStatementException extends HowdahException {
    UntrustedStatementException(String culprit) {
        super(
                "explain-untrusted",
                "The statement is not planned: it may call "
                        + culprit
                        + ", and planning would run it with a superuser's rights",
                "Run Howdah as a role with pg_monitor and pg_read_all_data that is no superuser",
                ExitCode.REFUSED);
    }
}
