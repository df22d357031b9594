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

    /** The statement that goes by this name, given without its zero. */
    @Nullable SharedStatement named(ByteBuffer in, int from, int to) {
        return named.get(in, from, to);
    }

    /** A Parse gives a statement this name, if it succeeds. */
    void name(ByteBuffer in, int from, int to, SharedStatement statement) {
        change(Bytes.copy(in, from, to), named.get(in, from, to), statement);
    }

    /**
     * A Close takes this name away, if it is not skipped.
     *
     * @return whether there was one; then it will be {@linkplain #decided decided}
     */
    boolean forget(ByteBuffer in, int from, int to) {
        SharedStatement former = named.get(in, from, to);
        if (former == null) {
            return false;
        }
        change(Bytes.copy(in, from, to), former, null);
        return true;
    }

    private void change(
            byte[] name, @Nullable SharedStatement before, @Nullable SharedStatement after) {
        asked.add(new Change(name, before, after));
        set(name, after);
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
    @SuppressWarnings("ReferenceEquality") // the same statement has the same object
    void decided(boolean done) {
        Change change = asked.remove();
        ByteBuffer key = ByteBuffer.wrap(change.name);
        if (!done && named.get(key, 0, change.name.length) == change.after) {
            set(change.name, change.before);
        }
    }

    /** Whether the server has not said yet what became of this name. */
    boolean undecided(ByteBuffer in, int from, int to) {
        byte[] name = Bytes.copy(in, from, to);
        return asked.stream().anyMatch(change -> Arrays.equals(change.name, name));
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
    void unnamed(SharedStatement statement, boolean prepared) {
        unnamed = statement;
        unnamedPrepared = prepared;
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

    @SuppressWarnings("ArrayRecordComponent") // compared by hand
    private record Change(
            byte[] name, @Nullable SharedStatement before, @Nullable SharedStatement after) {}
}
