package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The statements that one client believes to be prepared: by name, and the unnamed one. What it has
 * asked for counts at once; when the server skips it because of an error, it is taken back.
 */
final class ClientStatements {

    private final ByteMap<SharedStatement> named = new ByteMap<>();

    /** Changes of names that are not answered yet, in order. */
    private final ArrayDeque<Change> asked = new ArrayDeque<>();

    private @Nullable SharedStatement unnamed;
    private boolean unnamedPrepared;
    private int unnamedAsked;
    private int unnamedGroup;

    /** The statement that goes by this name, given without its zero. */
    @Nullable SharedStatement named(ByteBuffer in, int from, int to) {
        return named.get(in, from, to);
    }

    /**
     * A Parse gives a statement this name, if it succeeds.
     *
     * @param group of the {@link ReplyQueue}
     */
    void name(ByteBuffer in, int from, int to, SharedStatement statement, int group) {
        change(new Change(Bytes.copy(in, from, to), named.get(in, from, to), statement, group));
    }

    /**
     * A Close takes this name away, if it is not skipped.
     *
     * @return whether there was one; then it will be {@linkplain #decided decided}
     */
    boolean forget(ByteBuffer in, int from, int to, int group) {
        SharedStatement former = named.get(in, from, to);
        if (former == null) {
            return false;
        }
        change(new Change(Bytes.copy(in, from, to), former, null, group));
        return true;
    }

    /** This name is taken away by a command that is answered already. */
    void drop(byte[] name) {
        set(name, null);
    }

    private void change(Change change) {
        asked.add(change);
        set(change.name, change.after);
    }

    private void set(byte[] name, @Nullable SharedStatement statement) {
        ByteBuffer key = ByteBuffer.wrap(name);
        SharedStatement former = named.remove(key, 0, name.length);
        if (former != null) {
            former.removeUser();
        }
        if (statement != null) {
            named.put(key, 0, name.length, statement);
            statement.addUser();
        }
    }

    /** The oldest change of a name was answered, or skipped. */
    void decided(boolean done) {
        Change change = asked.remove();
        if (done) {
            return;
        }
        for (Change later : asked) {
            if (Arrays.equals(later.name, change.name)) {
                later.before = change.before;
                return;
            }
        }
        set(change.name, change.before);
    }

    /**
     * Whether nobody knows yet what this name, or no name, means: a change of it was sent in
     * another group of messages than this one, so that an error may spoil the one and not the
     * other.
     */
    boolean undecided(ByteBuffer in, int from, int to, int group) {
        if (from >= to) {
            return unnamedAsked > 0 && unnamedGroup != group;
        }
        for (Change change : asked) {
            if (change.group != group && Bytes.equal(change.name, in, from, to)) {
                return true;
            }
        }
        return false;
    }

    /** All names mean nothing any more. */
    void forgetNamed() {
        named.forEach(SharedStatement::removeUser);
        named.clear();
    }

    void forgetAll() {
        named.forEach(SharedStatement::removeUser);
        named.clear();
        unnamed = null;
    }

    @Nullable SharedStatement unnamed() {
        return unnamed;
    }

    /** Whether servers have the unnamed statement under its own name. */
    boolean unnamedPrepared() {
        return unnamedPrepared;
    }

    /** A Parse has given the unnamed statement; it will be {@linkplain #unnamedDecided decided}. */
    void unnamed(SharedStatement statement, boolean prepared, int group) {
        unnamed = statement;
        unnamedPrepared = prepared;
        unnamedGroup = group;
        unnamedAsked++;
    }

    /** The oldest unnamed Parse was answered, or skipped; then nobody knows what was there. */
    void unnamedDecided(boolean done) {
        unnamedAsked--;
        if (!done && unnamedAsked == 0) {
            forgetUnnamed();
        }
    }

    void forgetUnnamed() {
        unnamed = null;
        unnamedPrepared = false;
    }

    int size() {
        return named.size();
    }

    /** A name gets another meaning. */
    private static final class Change {
        private final byte[] name;
        private @Nullable SharedStatement before;
        private final @Nullable SharedStatement after;
        private final int group;

        Change(
                byte[] name,
                @Nullable SharedStatement before,
                @Nullable SharedStatement after,
                int group) {
            this.name = name;
            this.before = before;
            this.after = after;
            this.group = group;
        }
    }

    /** A simple query takes a client's unnamed statement away. */
    static void forgetUnnamed(Client client) {
        ClientStatements own = client.statementsIfAny();
        if (own != null) {
            own.forgetUnnamed();
        }
    }
}
