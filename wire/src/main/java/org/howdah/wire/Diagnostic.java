package org.howdah.wire;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an ErrorResponse or a NoticeResponse says; the severity tells which of the two.
 *
 * @param fields by the letter that names them on the wire, without severity
 * @see <a href="https://www.postgresql.org/docs/18/protocol-error-fields.html">Error and Notice
 *     Message Fields</a>
 */
public record Diagnostic(Severity severity, Map<Character, String> fields) {

    private static final char SEVERITY = 'S';
    private static final char SEVERITY_NOT_LOCALIZED = 'V';
    private static final char SQL_STATE = 'C';
    private static final char MESSAGE = 'M';
    private static final char DETAIL = 'D';
    private static final char HINT = 'H';

    public Diagnostic {
        fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    }

    /** The statement has failed. */
    public static Diagnostic error(String sqlState, String message) {
        return of(Severity.ERROR, sqlState, message);
    }

    /** The connection ends. */
    public static Diagnostic fatal(String sqlState, String message) {
        return of(Severity.FATAL, sqlState, message);
    }

    public static Diagnostic warning(String sqlState, String message) {
        return of(Severity.WARNING, sqlState, message);
    }

    public static Diagnostic notice(String message) {
        return of(Severity.NOTICE, SqlState.SUCCESS, message);
    }

    public static Diagnostic of(Severity severity, String sqlState, String message) {
        return new Diagnostic(severity, Map.of(SQL_STATE, sqlState, MESSAGE, message));
    }

    public Diagnostic withDetail(String detail) {
        return with(DETAIL, detail);
    }

    public Diagnostic withHint(String hint) {
        return with(HINT, hint);
    }

    /** With one more field, or another value of it. */
    public Diagnostic with(char field, String value) {
        Map<Character, String> more = new TreeMap<>(fields);
        more.put(field, value);
        return new Diagnostic(severity, more);
    }

    /** Five characters; XX000 where the sender gave none. */
    public String sqlState() {
        return field(SQL_STATE).orElse(SqlState.INTERNAL_ERROR);
    }

    public String message() {
        return field(MESSAGE).orElse("");
    }

    public Optional<String> detail() {
        return field(DETAIL);
    }

    public Optional<String> hint() {
        return field(HINT);
    }

    public Optional<String> field(char letter) {
        return Optional.ofNullable(fields.get(letter));
    }

    /**
     * Reads an ErrorResponse or a NoticeResponse. A server older than 9.6, or one that failed to
     * fork, gives the localized severity only.
     *
     * @param type {@link BackendType#ERROR_RESPONSE} or {@link BackendType#NOTICE_RESPONSE}
     * @param from index of the first byte behind the header
     * @param to index behind the last byte
     */
    public static Diagnostic parseFrom(byte type, ByteBuffer in, int from, int to) {
        FieldReader reader = new FieldReader(BackendType.name(type), in, from, to);
        Map<Character, String> fields = new TreeMap<>();
        for (byte letter = reader.int8(); letter != 0; letter = reader.int8()) {
            fields.put((char) (letter & 0xFF), reader.text());
        }
        reader.end();
        Optional<String> localized = Optional.ofNullable(fields.remove(SEVERITY));
        Severity otherwise = type == BackendType.ERROR_RESPONSE ? Severity.ERROR : Severity.NOTICE;
        Severity severity =
                Optional.ofNullable(fields.remove(SEVERITY_NOT_LOCALIZED))
                        .or(() -> localized)
                        .flatMap(Severity::of)
                        .filter(read -> read.error() == otherwise.error())
                        .orElse(otherwise);
        return new Diagnostic(severity, fields);
    }

    /** Zero characters, which cannot be sent, become spaces. */
    public void writeTo(MessageWriter out) {
        out.begin(severity.error() ? BackendType.ERROR_RESPONSE : BackendType.NOTICE_RESPONSE);
        out.int8(SEVERITY).text(severity.name());
        out.int8(SEVERITY_NOT_LOCALIZED).text(severity.name());
        fields.forEach((letter, value) -> out.int8(letter).text(value.replace('\0', ' ')));
        out.int8(0).end();
    }

    @Override
    public String toString() {
        return severity + " " + sqlState() + ": " + message();
    }
}
