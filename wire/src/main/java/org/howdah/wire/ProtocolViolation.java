package org.howdah.wire;

import java.util.Optional;

/**
 * The peer has sent what the protocol does not allow, or what the other side may refuse. It has no
 * stack trace: a hostile peer must not cost more than an honest one.
 */
public final class ProtocolViolation extends RuntimeException {

    private final String sqlState;
    private final String detail;

    private ProtocolViolation(String sqlState, String message, String detail) {
        super(message, null, false, false);
        this.sqlState = sqlState;
        this.detail = detail;
    }

    /** With SQLSTATE 08P01. */
    public static ProtocolViolation of(String message) {
        return new ProtocolViolation(SqlState.PROTOCOL_VIOLATION, message, "");
    }

    public static ProtocolViolation of(String sqlState, String message) {
        return new ProtocolViolation(sqlState, message, "");
    }

    public ProtocolViolation withDetail(String newDetail) {
        return new ProtocolViolation(sqlState, text(), newDetail);
    }

    public String sqlState() {
        return sqlState;
    }

    /** The message; never absent. */
    public String text() {
        return String.valueOf(getMessage());
    }

    public Optional<String> detail() {
        return detail.isEmpty() ? Optional.empty() : Optional.of(detail);
    }

    /** As the peer is told before the connection is closed. */
    public Diagnostic diagnostic() {
        Diagnostic fatal = Diagnostic.fatal(sqlState, text());
        return detail.isEmpty() ? fatal : fatal.withDetail(detail);
    }
}
