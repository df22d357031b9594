package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.howdah.sql.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * The statements that run most often on one loop, by fingerprint, in bounded memory. Loop thread
 * only.
 *
 * <p>A statement's {@link StatementShape} leads to its record through a table with one place for
 * each hash; only where that fails the text is normalized. When there are too many records, the one
 * that ran least gives way and its successor begins with its count, as in "Efficient Computation of
 * Frequent and Top-k Elements in Data Streams" (Metwally, Agrawal, El Abbadi, 2005): what runs
 * often is never lost to a stream of statements that run once.
 */
final class TopStatements {

    private static final int MOST = 500;
    private static final int PLACES = 4096;

    /** Longer texts are known by their beginning. */
    private static final int LONGEST_TEXT = 16 * 1024;

    /** Shown of a text. */
    private static final int SHOWN = 500;

    /** Texts that are normalized between two refills, which the janitor makes. */
    private static final int CREDIT = 1000;

    private final long[] hashes = new long[PLACES];
    private final @Nullable StatementRecord[] places = new @Nullable StatementRecord[PLACES];
    private final Map<Key, StatementRecord> records = new HashMap<>();
    private final Normalizer normalizer = new Normalizer();
    private int credit = CREDIT;

    private record Key(String database, long fingerprint) {}

    /** The record of this text; null when too many new texts come. */
    @Nullable StatementRecord of(String database, ByteBuffer in, int from, int to) {
        int end = Math.min(to, from + LONGEST_TEXT);
        long hash = StatementShape.hash(in, from, end, database.hashCode());
        int place = (int) hash & (PLACES - 1);
        StatementRecord known = places[place];
        if (known != null && hashes[place] == hash && !known.gone()) {
            return known;
        }
        if (credit <= 0) {
            return null;
        }
        credit--;
        byte[] text = Bytes.copy(in, from, end);
        normalizer.read(text, 0, text.length);
        StatementRecord found = find(new Key(database, normalizer.value()));
        hashes[place] = hash;
        places[place] = found;
        return found;
    }

    private StatementRecord find(Key key) {
        StatementRecord known = records.get(key);
        if (known != null) {
            return known;
        }
        long weight = records.size() < MOST ? 0 : makeRoom();
        String text = normalizer.text();
        StatementRecord added =
                new StatementRecord(
                        key.database(),
                        key.fingerprint(),
                        text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text,
                        weight);
        records.put(key, added);
        return added;
    }

    /** Lets the record go that ran least; returns how often that was. */
    private long makeRoom() {
        Map.Entry<Key, StatementRecord> least =
                records.entrySet().stream()
                        .min(Comparator.comparingLong(entry -> entry.getValue().weight()))
                        .orElseThrow();
        records.remove(least.getKey());
        least.getValue().leave();
        return least.getValue().weight();
    }

    /** New texts may be normalized again. */
    void refill() {
        credit = CREDIT;
    }

    /** Copies of all records. */
    List<StatementRecord> copy() {
        List<StatementRecord> copies = new ArrayList<>();
        records.values().forEach(record -> copies.add(record.copy()));
        return copies;
    }
}
