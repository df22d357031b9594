package org.howdah.rehearsal;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.howdah.rehearsal.DesyncMessage.BindTo;
import org.howdah.rehearsal.DesyncMessage.ClosePortal;
import org.howdah.rehearsal.DesyncMessage.CloseStatement;
import org.howdah.rehearsal.DesyncMessage.DescribePortal;
import org.howdah.rehearsal.DesyncMessage.DescribeStatement;
import org.howdah.rehearsal.DesyncMessage.Line;
import org.howdah.rehearsal.DesyncMessage.Plain;
import org.howdah.rehearsal.DesyncMessage.Prepare;
import org.howdah.rehearsal.DesyncMessage.Run;
import org.howdah.rehearsal.DesyncMessage.Simple;
import org.howdah.rehearsal.DesyncStatement.CopyIn;
import org.howdah.rehearsal.DesyncStatement.Empty;
import org.howdah.rehearsal.DesyncStatement.Malformed;
import org.howdah.rehearsal.DesyncStatement.Transaction;
import org.howdah.rehearsal.DesyncStatement.Wide;
import org.howdah.wire.BackendType;
import org.howdah.wire.Frame;
import org.howdah.wire.ReadyForQuery;

/**
 * What a PostgreSQL session answers, message by message: it knows what this client has prepared,
 * which portals are open and in which state its transaction is, and compares what really comes. A
 * client that has asked for a cancel may get that error wherever it waits for something.
 */
final class DesyncJudge {

    private static final String ABORTED = "25P02";
    private static final String NO_STATEMENT = "26000";
    private static final String STATEMENT_EXISTS = "42P05";
    private static final String OTHER_RESULT = "0A000";

    private final DesyncReplies replies;
    private final Map<String, DesyncStatement> named = new HashMap<>();
    private final Map<String, DesyncPortal> portals = new HashMap<>();
    private Optional<DesyncStatement> unnamed = Optional.empty();

    /** Whether a pooler may have forgotten the unnamed statement because of a skipped message. */
    private boolean unnamedUncertain;

    private char status = 'I';
    private boolean savepoint;
    private boolean skipping;
    private boolean groupOpen;
    private boolean copying;
    private boolean copySimple;
    private int lines;

    DesyncJudge(DesyncReplies replies) {
        this.replies = replies;
    }

    /** {@code I}, {@code T} or {@code E}, as the last ReadyForQuery said. */
    char status() {
        return status;
    }

    boolean copying() {
        return copying;
    }

    /** Portals with rows left. */
    Map<String, DesyncPortal> portals() {
        return portals;
    }

    /** Compares what comes in answer to this message, which was sent. */
    void judge(DesyncMessage message) {
        if (message == Plain.SYNC) {
            groupOpen = false;
        } else if (!(message instanceof Simple) && !copying) {
            groupOpen = true;
        }
        if (skipping) {
            skip(message);
            return;
        }
        try {
            switch (message) {
                case Simple simple -> simple(simple.statements());
                case Prepare prepare -> prepare(prepare);
                case BindTo bind -> bind(bind);
                case DescribeStatement describe -> describe(describe);
                case DescribePortal describe -> describe(describe);
                case Run run -> run(run);
                case CloseStatement close -> close(close);
                case ClosePortal close -> {
                    replies.take(BackendType.CLOSE_COMPLETE);
                    portals.remove(close.portal());
                }
                case Line line -> line(line);
                case Plain plain -> plain(plain);
            }
        } catch (DesyncError expected) {
            failed(message);
        }
    }

    private void failed(DesyncMessage message) {
        boolean simple = message instanceof Simple || (copying && copySimple);
        copying = false;
        if (status == 'T') {
            status = 'E';
        }
        if (message instanceof Prepare prepare && prepare.name().isEmpty()) {
            unnamed = Optional.empty();
        }
        if (simple) {
            ready();
        } else if (message == Plain.SYNC) {
            ready();
        } else {
            skipping = true;
        }
    }

    private void skip(DesyncMessage message) {
        if (message == Plain.SYNC) {
            skipping = false;
            ready();
        } else if (message instanceof Simple
                || (message instanceof Prepare prepare && prepare.name().isEmpty())) {
            unnamedUncertain = true;
        }
    }

    private void ready() {
        Frame frame = replies.take(BackendType.READY_FOR_QUERY);
        char said = (char) frame.as(ReadyForQuery::parseFrom).status().letter();
        // A pipeline without a Sync is a transaction of its own to newer servers.
        boolean implicit = groupOpen && status == 'I' && said == 'T';
        if (said != status && !implicit) {
            throw new DesyncViolation("the transaction is " + said + ", not " + status);
        }
        if (status == 'I' && !implicit) {
            portals.clear();
            savepoint = false;
        }
    }

    // Simple queries

    private void simple(List<DesyncStatement> statements) {
        unnamed = Optional.empty();
        unnamedUncertain = false;
        portals.remove("");
        if (statements.stream().anyMatch(Malformed.class::isInstance)) {
            replies.error(Set.of("42601"));
        }
        if (statements.stream().allMatch(Empty.class::isInstance)) {
            replies.take(BackendType.EMPTY_QUERY_RESPONSE);
        }
        for (DesyncStatement statement : statements) {
            if (statement instanceof Empty) {
                continue;
            }
            refuseIfAborted(statement);
            if (statement.returnsRows()) {
                DesyncPortal portal = new DesyncPortal(statement, "");
                replies.take(BackendType.ROW_DESCRIPTION);
                portal.fail(replies);
                portal.run(replies, 0);
            } else {
                execute(statement, true);
            }
            if (copying) {
                return;
            }
        }
        ready();
    }

    private void refuseIfAborted(DesyncStatement statement) {
        boolean exits = statement instanceof Transaction transaction && transaction.exits();
        if (status == 'E' && !exits) {
            replies.error(Set.of(ABORTED));
        }
    }

    private void execute(DesyncStatement statement, boolean simple) {
        switch (statement) {
            case Transaction transaction -> transaction(transaction);
            case CopyIn copy -> {
                replies.take(BackendType.COPY_IN_RESPONSE);
                copying = true;
                copySimple = simple;
                lines = 0;
            }
            default -> new DesyncPortal(statement, "").run(replies, 0);
        }
    }

    private void transaction(Transaction transaction) {
        switch (transaction) {
            case BEGIN -> {
                replies.complete("BEGIN");
                status = 'T';
            }
            case COMMIT -> {
                replies.complete(status == 'E' ? "ROLLBACK" : "COMMIT");
                status = 'I';
            }
            case ROLLBACK -> {
                replies.complete("ROLLBACK");
                status = 'I';
            }
            case SAVEPOINT -> {
                if (status != 'T') {
                    replies.error(Set.of("25P01"));
                }
                replies.complete("SAVEPOINT");
                savepoint = true;
            }
            case ROLLBACK_TO -> {
                if (status == 'I') {
                    replies.error(Set.of("25P01"));
                } else if (!savepoint) {
                    replies.error(Set.of("3B001"));
                }
                replies.complete("ROLLBACK");
                status = 'T';
            }
        }
        portals.clear();
    }

    // Extended queries

    private void prepare(Prepare prepare) {
        DesyncStatement statement = prepare.statement();
        boolean unnamedOne = prepare.name().isEmpty();
        if (statement instanceof Malformed) {
            replies.error(Set.of("42601"));
        }
        boolean exits = statement instanceof Transaction transaction && transaction.exits();
        if (status == 'E' && !exits) {
            // Who has the statement prepared already may say so; then its Bind fails.
            replies.takeOrError(BackendType.PARSE_COMPLETE, Set.of(ABORTED));
        } else if (!unnamedOne && named.containsKey(prepare.name())) {
            replies.error(Set.of(STATEMENT_EXISTS));
        } else {
            replies.take(BackendType.PARSE_COMPLETE);
        }
        if (unnamedOne) {
            unnamed = Optional.of(statement);
            unnamedUncertain = false;
        } else {
            named.put(prepare.name(), statement);
        }
    }

    private Optional<DesyncStatement> statement(String name) {
        return name.isEmpty() ? unnamed : Optional.ofNullable(named.get(name));
    }

    /** The statement of this name; whether there is one decides about an error. */
    private DesyncStatement known(String name) {
        Optional<DesyncStatement> statement = statement(name);
        if (statement.isEmpty()) {
            throw replies.error(Set.of(NO_STATEMENT));
        }
        return statement.get();
    }

    private void bind(BindTo bind) {
        DesyncStatement statement = known(bind.name());
        refuseIfAborted(statement);
        if (bind.name().isEmpty() && unnamedUncertain) {
            replies.takeOrError(BackendType.BIND_COMPLETE, Set.of(NO_STATEMENT));
        } else if (statement instanceof Wide) {
            replies.takeOrError(BackendType.BIND_COMPLETE, Set.of(OTHER_RESULT));
        } else {
            replies.take(BackendType.BIND_COMPLETE);
        }
        portals.put(bind.portal(), new DesyncPortal(statement, bind.id()));
    }

    private void describe(DescribeStatement describe) {
        DesyncStatement statement = known(describe.name());
        if (statement.returnsRows()) {
            refuseIfAborted(statement);
        }
        boolean doubtful =
                statement instanceof Wide || (describe.name().isEmpty() && unnamedUncertain);
        if (doubtful) {
            replies.takeOrError(
                    BackendType.PARAMETER_DESCRIPTION, Set.of(OTHER_RESULT, NO_STATEMENT));
        } else {
            replies.take(BackendType.PARAMETER_DESCRIPTION);
        }
        if (statement instanceof Wide) {
            replies.takeOrError(BackendType.ROW_DESCRIPTION, Set.of(OTHER_RESULT));
        } else {
            columns(statement);
        }
    }

    private void describe(DescribePortal describe) {
        DesyncPortal portal = portals.get(describe.portal());
        if (portal == null) {
            throw replies.error(Set.of("34000"));
        }
        if (portal.statement().returnsRows()) {
            refuseIfAborted(portal.statement());
        }
        columns(portal.statement());
    }

    private void columns(DesyncStatement statement) {
        replies.take(statement.returnsRows() ? BackendType.ROW_DESCRIPTION : BackendType.NO_DATA);
    }

    private void run(Run run) {
        DesyncPortal portal = portals.get(run.portal());
        if (portal == null) {
            throw replies.error(Set.of("34000"));
        }
        refuseIfAborted(portal.statement());
        if (!portal.statement().returnsRows()) {
            portals.remove(run.portal());
            execute(portal.statement(), false);
            return;
        }
        portal.fail(replies);
        if (portal.run(replies, run.maximumRows())) {
            portals.remove(run.portal());
        }
    }

    private void close(CloseStatement close) {
        replies.take(BackendType.CLOSE_COMPLETE);
        if (close.name().isEmpty()) {
            unnamed = Optional.empty();
        } else {
            named.remove(close.name());
        }
    }

    // COPY and the rest

    private void line(Line line) {
        if (copying) {
            lines++;
            if (!line.good()) {
                replies.error(Set.of("22P04"));
            }
        }
    }

    private void plain(Plain plain) {
        switch (plain) {
            case FLUSH -> {
                // Not answered.
            }
            case SYNC -> {
                if (!copying) {
                    ready();
                }
            }
            case COPY_DONE -> {
                if (copying) {
                    replies.complete("COPY " + lines);
                    endCopy();
                }
            }
            case COPY_FAIL -> {
                if (copying) {
                    replies.error(Set.of("57014"));
                }
            }
        }
    }

    private void endCopy() {
        copying = false;
        if (copySimple) {
            ready();
        }
    }
}
