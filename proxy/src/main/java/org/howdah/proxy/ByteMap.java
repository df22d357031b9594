package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A map from bytes to values that is searched with a region of a buffer: open addressing with
 * linear probing, no allocation in a search. Not for several threads.
 */
final class ByteMap<V> {

    private static final int FIRST_CAPACITY = 8;

    private long[] hashes = new long[FIRST_CAPACITY];
    private byte[] @Nullable [] keys = new byte[FIRST_CAPACITY][];
    private @Nullable Object[] values = new @Nullable Object[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** The value of the key that lies there. */
    @Nullable V get(ByteBuffer in, int from, int to) {
        return value(find(Bytes.hash(in, from, to), in, from, to));
    }

    /** Gives the key that lies there a value; answers the one it had. */
    @Nullable V put(ByteBuffer in, int from, int to, V value) {
        if (size * 2 >= hashes.length) {
            grow();
        }
        long hash = Bytes.hash(in, from, to);
        int place = find(hash, in, from, to);
        V former = value(place);
        if (former == null) {
            hashes[place] = hash;
            keys[place] = Bytes.copy(in, from, to);
            size++;
        }
        values[place] = value;
        return former;
    }

    @Nullable V remove(ByteBuffer in, int from, int to) {
        int place = find(Bytes.hash(in, from, to), in, from, to);
        V former = value(place);
        if (former != null) {
            size--;
            close(place);
        }
        return former;
    }

    void clear() {
        Arrays.fill(keys, null);
        Arrays.fill(values, null);
        size = 0;
    }

    void forEach(Consumer<V> action) {
        for (int place = 0; place < values.length; place++) {
            V value = value(place);
            if (value != null) {
                action.accept(value);
            }
        }
    }

    @SuppressWarnings("unchecked") // only put fills the array
    private @Nullable V value(int place) {
        return (V) values[place];
    }

    /** The place of the key, or the free one where it belongs. */
    private int find(long hash, ByteBuffer in, int from, int to) {
        int mask = hashes.length - 1;
        int place = (int) hash & mask;
        byte @Nullable [] key = keys[place];
        while (key != null && !(hashes[place] == hash && Bytes.equal(key, in, from, to))) {
            place = (place + 1) & mask;
            key = keys[place];
        }
        return place;
    }

    /** Frees a place and moves up those behind it that would not be found any more. */
    private void close(int freed) {
        int mask = hashes.length - 1;
        int hole = freed;
        int place = hole;
        while (true) {
            keys[hole] = null;
            values[hole] = null;
            int home;
            do {
                place = (place + 1) & mask;
                if (keys[place] == null) {
                    return;
                }
                home = (int) hashes[place] & mask;
            } while (hole <= place
                    ? (hole < home && home <= place)
                    : (hole < home || home <= place));
            hashes[hole] = hashes[place];
            keys[hole] = keys[place];
            values[hole] = values[place];
            hole = place;
        }
    }

    private void grow() {
        long[] oldHashes = hashes;
        byte[] @Nullable [] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        int capacity = oldHashes.length * 2;
        int mask = capacity - 1;
        hashes = new long[capacity];
        keys = new byte[capacity][];
        values = new @Nullable Object[capacity];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != null) {
                int place = (int) oldHashes[i] & mask;
                while (keys[place] != null) {
                    place = (place + 1) & mask;
                }
                hashes[place] = oldHashes[i];
                keys[place] = oldKeys[i];
                values[place] = oldValues[i];
            }
        }
    }
}
