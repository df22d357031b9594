package org.howdah.rehearsal;

import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.Set;
import org.howdah.wire.BackendType;
import org.howdah.wire.CommandComplete;
import org.howdah.wire.DataRow;
import org.howdah.wire.Diagnostic;
import org.howdah.wire.Frame;
import org.howdah.wire.Severity;
import org.howdah.wire.SqlState;
import org.howdah.wire.WireClient;

/**
 * The replies of one connection, taken one by one by somebody who knows which must come next. An
 * error that may come is a {@link DesyncError}; all else that does not fit is a {@link
 * DesyncViolation}.
 */
final class DesyncReplies {

    private static final String MARK = "desync ";

    private final WireClient client;
    private final DesyncTranscript transcript;
    private final String owner;
    private volatile boolean canceling;
    private String lastNotice = "";

    /**
     * @param owner with what all identifiers of this client begin
     */
    DesyncReplies(WireClient client, DesyncTranscript transcript, String owner) {
        this.client = client;
        this.transcript = transcript;
        this.owner = owner;
    }

    boolean canceling() {
        return canceling;
    }

    /** Whether this client has asked for a cancel that may hit what runs now. */
    void canceling(boolean asked) {
        canceling = asked;
    }

    /** The next message must be of this type. */
    Frame take(byte type) {
        Frame frame = next();
        if (frame.is(BackendType.ERROR_RESPONSE) && type != BackendType.ERROR_RESPONSE) {
            Diagnostic error = frame.diagnostic();
            if (canceled(error)) {
                throw new DesyncError("canceled");
            }
            throw new DesyncViolation("unexpected error: " + error);
        }
        if (!frame.is(type)) {
            throw new DesyncViolation(
                    "%s came in place of %s".formatted(frame, BackendType.name(type)));
        }
        return frame;
    }

    /** The next message is of this type, or one of these errors. */
    void takeOrError(byte type, Set<String> sqlStates) {
        Frame frame = next();
        if (frame.is(BackendType.ERROR_RESPONSE)) {
            Diagnostic error = frame.diagnostic();
            if (canceled(error) || sqlStates.contains(error.sqlState())) {
                throw new DesyncError(error.sqlState());
            }
            throw new DesyncViolation("unexpected error: " + error);
        }
        if (!frame.is(type)) {
            throw new DesyncViolation(
                    "%s came in place of %s".formatted(frame, BackendType.name(type)));
        }
    }

    /**
     * The next message must be one of these errors.
     *
     * @return never; so that a caller can say that nothing follows
     */
    DesyncError error(Set<String> sqlStates) {
        return error(sqlStates, "");
    }

    /** The next message must be one of these errors, with this in its text. */
    DesyncError error(Set<String> sqlStates, String text) {
        Diagnostic error = take(BackendType.ERROR_RESPONSE).diagnostic();
        boolean right = sqlStates.contains(error.sqlState()) && error.message().contains(text);
        if (!right && !canceled(error)) {
            throw new DesyncViolation(
                    "the error %s came in place of %s %s".formatted(error, sqlStates, text));
        }
        throw new DesyncError(error.sqlState());
    }

    private boolean canceled(Diagnostic error) {
        return canceling && error.sqlState().equals(SqlState.QUERY_CANCELED);
    }

    /** The next message must be a row that begins with this value. */
    void row(String value) {
        DataRow row = take(BackendType.DATA_ROW).as(DataRow::parseFrom);
        same(value, row.values().getFirst().orElse("null"));
    }

    void same(String expected, String got) {
        if (!expected.equals(got)) {
            throw new DesyncViolation(
                    "got %s, not %s".formatted(shortened(got), shortened(expected)));
        }
    }

    private static String shortened(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }

    /** The next message must say that this was done. */
    void complete(String tag) {
        same(tag, take(BackendType.COMMAND_COMPLETE).as(CommandComplete::parseFrom).tag());
    }

    /** The notice with this text has come. */
    void noticed(String id) {
        same(MARK + id, lastNotice);
    }

    private Frame next() {
        while (true) {
            Frame frame = receive();
            transcript.received(frame);
            if (frame.is(BackendType.NOTICE_RESPONSE)) {
                notice(frame.diagnostic());
            } else if (frame.is(BackendType.ERROR_RESPONSE)
                    && frame.diagnostic().severity() != Severity.ERROR) {
                last(frame.diagnostic());
            } else if (!frame.is(BackendType.PARAMETER_STATUS)
                    && !frame.is(BackendType.NOTIFICATION_RESPONSE)) {
                return frame;
            }
        }
    }

    private void notice(Diagnostic notice) {
        if (notice.message().startsWith(MARK)) {
            lastNotice = notice.message();
            if (!lastNotice.startsWith(MARK + owner)) {
                throw new DesyncViolation("a foreign notice: " + lastNotice);
            }
        }
    }

    /** An error after which the connection ends. */
    private void last(Diagnostic error) {
        if (canceled(error)) {
            throw new DesyncGone("canceled while waiting");
        }
        throw new DesyncViolation("the connection ends: " + error);
    }

    private Frame receive() {
        try {
            Optional<Frame> frame = client.receiveOrEnd();
            return frame.orElseThrow(() -> new DesyncViolation("the connection was closed"));
        } catch (UncheckedIOException failure) {
            throw new DesyncViolation(
                    failure.getCause() instanceof SocketTimeoutException
                            ? "no answer came: it hangs"
                            : "the connection broke: " + failure.getCause());
        }
    }
}
