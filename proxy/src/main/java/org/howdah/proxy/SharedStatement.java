package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.howdah.sql.VolatileFunctions;
import org.jspecify.annotations.Nullable;

/**
 * A statement that clients have asked a server to parse: its text with the types of its parameters.
 * All clients of a loop that send the same share it, and the servers know it by one name.
 */
final class SharedStatement {

    /** With which the names on servers begin. */
    static final byte[] PREFIX = "howdah_".getBytes(StandardCharsets.US_ASCII);

    private final int number;
    private final byte[] serverName;
    private final byte[] tail;
    private @Nullable StatementRecord record;
    private int users;
    private int seen;
    private int effects;
    private Optional<SettingChange> change = Optional.empty();
    private Optional<Listening.Wish> wish = Optional.empty();
    private @Nullable VolatileFunctions judgedWith;

    /**
     * @param number unique in this process, from 1
     * @param tail of its Parse message what follows the name: text, zero, number and types of
     *     parameters
     */
    SharedStatement(int number, byte[] tail) {
        this.number = number;
        this.serverName = serverName(number);
        this.tail = tail;
    }

    /** The name on servers of the statement with this number, with the zero behind it. */
    static byte[] serverName(int number) {
        return ("howdah_" + number + "\0").getBytes(StandardCharsets.US_ASCII);
    }

    int number() {
        return number;
    }

    /** Its name on servers with the zero behind it. */
    byte[] serverName() {
        return serverName;
    }

    byte[] tail() {
        return tail;
    }

    /** What its runs in the server's database are counted by. */
    @Nullable StatementRecord record(Server server) {
        String database = server.pool().key().database();
        StatementRecord known = record;
        if (known == null || !known.database().equals(database) || known.gone()) {
            int end = 0;
            while (tail[end] != 0) {
                end++;
            }
            known = server.home().statements().of(database, ByteBuffer.wrap(tail), 0, end);
            record = known;
        }
        return known;
    }

    /** How many clients have it under a name. */
    int users() {
        return users;
    }

    void addUser() {
        users++;
    }

    void removeUser() {
        users--;
    }

    /** What running it may do to a session, as {@link Effects}. */
    int effects() {
        return effects;
    }

    /** The change of a setting that it is, if it is that and nothing else. */
    Optional<SettingChange> change() {
        return change;
    }

    /** What it wants of channels, if it is a LISTEN or UNLISTEN. */
    Optional<Listening.Wish> wish() {
        return wish;
    }

    /** Judges it, unless that was done with what is known of the functions now. */
    void judge(SessionEffects judge, FunctionCatalog functions) {
        if (judgedWith == functions.known()) {
            return;
        }
        judgedWith = functions.known();
        ByteBuffer text = ByteBuffer.wrap(tail);
        int end = Frames.afterText(text, 0, tail.length) - 1;
        if (end < 0) {
            // Not a Parse: the server will say so.
            return;
        }
        effects = judge.judge(text, 0, end, functions);
        change = judge.change();
        wish = judge.wish();
    }

    /** Counts one more Parse of it; answers how many there were. */
    int see() {
        seen = seen == Integer.MAX_VALUE ? seen : seen + 1;
        return seen;
    }
}
