package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The statements that one client believes to be prepared: by name, and the unnamed one. */
final class ClientStatements {

    private final ByteMap<SharedStatement> named = new ByteMap<>();

    /** Names whose Parse is not answered yet, in order. */
    private final Queue<byte[]> asked = new ArrayDeque<>();

    private @Nullable SharedStatement unnamed;
    private boolean unnamedPrepared;

    /** The statement that goes by this name, given without its zero. */
    @Nullable SharedStatement named(ByteBuffer in, int from, int to) {
        return named.get(in, from, to);
    }

    /** A Parse gives a statement this name, if it succeeds. */
    void name(ByteBuffer in, int from, int to, SharedStatement statement) {
        named.put(in, from, to, statement);
        statement.addUser();
        asked.add(Bytes.copy(in, from, to));
    }

    /** The oldest Parse of a named statement was answered. */
    void parsed() {
        asked.remove();
    }

    /** The oldest Parse of a named statement failed or was skipped: its name means nothing. */
    void notParsed() {
        byte[] name = asked.remove();
        forget(ByteBuffer.wrap(name), 0, name.length);
    }

    /** The name means nothing any more. */
    void forget(ByteBuffer in, int from, int to) {
        SharedStatement former = named.remove(in, from, to);
        if (former != null) {
            former.removeUser();
        }
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

    void unnamed(@Nullable SharedStatement statement, boolean prepared) {
        unnamed = statement;
        unnamedPrepared = prepared;
    }

    int size() {
        return named.size();
    }
}
