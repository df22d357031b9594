package org.howdah.rehearsal;

import java.util.Set;
import org.howdah.rehearsal.DesyncStatement.CopyOut;
import org.howdah.rehearsal.DesyncStatement.Ddl;
import org.howdah.rehearsal.DesyncStatement.Failing;
import org.howdah.rehearsal.DesyncStatement.Noticing;
import org.howdah.rehearsal.DesyncStatement.Rows;
import org.howdah.rehearsal.DesyncStatement.Shared;
import org.howdah.rehearsal.DesyncStatement.Sleeping;
import org.howdah.rehearsal.DesyncStatement.Wide;
import org.howdah.wire.BackendType;
import org.howdah.wire.CopyData;

/** A statement that runs, with the parameter it got and the rows that were fetched. */
final class DesyncPortal {

    private final DesyncStatement statement;
    private final String id;
    private int fetched;

    DesyncPortal(DesyncStatement statement, String id) {
        this.statement = statement;
        this.id = id;
    }

    DesyncStatement statement() {
        return statement;
    }

    /** Expects the error of a statement that cannot do anything else. */
    void fail(DesyncReplies replies) {
        if (statement instanceof Failing failing) {
            replies.error(Set.of("P0001"), failing.id());
        }
    }

    /**
     * Expects the results.
     *
     * @param maximumRows 0: all
     * @return whether it is at its end
     */
    boolean run(DesyncReplies replies, int maximumRows) {
        switch (statement) {
            case Rows rows -> {
                return rows(replies, rows, maximumRows);
            }
            case Shared shared -> {
                return single(replies, id + "/" + shared.text(), maximumRows);
            }
            case Wide wide -> {
                return single(replies, id + "/w" + wide.text(), maximumRows);
            }
            case Noticing noticing -> {
                boolean end = single(replies, noticing.id(), maximumRows);
                replies.noticed(noticing.id());
                return end;
            }
            case Sleeping sleeping -> {
                return single(replies, sleeping.id(), maximumRows);
            }
            case CopyOut copy -> copyOut(replies, copy);
            case Ddl ddl -> replies.complete("DO");
            default -> throw new IllegalStateException(statement + " has no results");
        }
        return true;
    }

    private boolean rows(DesyncReplies replies, Rows rows, int maximumRows) {
        int left = rows.rows() - fetched;
        int now = maximumRows == 0 ? left : Math.min(left, maximumRows);
        for (int i = 0; i < now; i++) {
            fetched++;
            replies.row(rows.row(fetched));
        }
        return end(replies, now, maximumRows);
    }

    private boolean single(DesyncReplies replies, String value, int maximumRows) {
        int now = fetched == 0 ? 1 : 0;
        if (now == 1) {
            fetched = 1;
            replies.row(value);
        }
        return end(replies, now, maximumRows);
    }

    private static boolean end(DesyncReplies replies, int rows, int maximumRows) {
        if (maximumRows > 0 && rows == maximumRows) {
            replies.take(BackendType.PORTAL_SUSPENDED);
            return false;
        }
        replies.complete("SELECT " + rows);
        return true;
    }

    private static void copyOut(DesyncReplies replies, CopyOut copy) {
        replies.take(BackendType.COPY_OUT_RESPONSE);
        for (int row = 1; row <= copy.rows(); row++) {
            var frame = replies.take(BackendType.COPY_DATA);
            String got = frame.as(CopyData::parseFrom).data().text();
            replies.same(copy.id() + ":" + row + "\n", got);
        }
        replies.take(BackendType.COPY_DONE);
        replies.complete("COPY " + copy.rows());
    }
}
