package org.howdah.workload;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;

/**
 * Rows in the binary format of COPY, which spares the server the parsing of numbers and times.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-copy.html">COPY, Binary Format</a>
 */
final class CopyBuffer {
    private static final byte[] HEADER = {
        'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
    };

    /** 2000-01-01, from which the server counts. */
    private static final long EPOCH_SECONDS = 946_684_800L;

    private byte[] bytes = new byte[1 << 17];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    void clear() {
        length = 0;
    }

    void header() {
        raw(HEADER);
    }

    void trailer() {
        int2(-1);
    }

    void row(int columns) {
        int2(columns);
    }

    void none() {
        int4Raw(-1);
    }

    void int4(int value) {
        int4Raw(4);
        int4Raw(value);
    }

    void int8(long value) {
        int4Raw(8);
        int8Raw(value);
    }

    void bool(boolean value) {
        int4Raw(1);
        one(value ? 1 : 0);
    }

    void text(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        int4Raw(encoded.length);
        raw(encoded);
    }

    /** A document, after the version byte of jsonb's binary form. */
    void json(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        int4Raw(encoded.length + 1);
        one(1);
        raw(encoded);
    }

    void time(Instant value) {
        int8((value.getEpochSecond() - EPOCH_SECONDS) * 1_000_000 + value.getNano() / 1_000);
    }

    /** An IPv4 address: family, bits, not a network, four bytes. */
    void address(int value) {
        int4Raw(8);
        one(2);
        one(32);
        one(0);
        one(4);
        int4Raw(value);
    }

    /**
     * A number with one decimal, 0.1 to 10.0, given in tenths: one or two digits to base 10,000.
     */
    void tenths(int value) {
        int whole = value / 10;
        int fraction = value % 10 * 1_000;
        boolean both = whole > 0 && fraction > 0;
        int4Raw(both ? 12 : 10);
        int2(both ? 2 : 1);
        int2(whole > 0 ? 0 : -1);
        int2(0);
        int2(1);
        if (whole > 0) {
            int2(whole);
        }
        if (fraction > 0) {
            int2(fraction);
        }
    }

    private void raw(byte[] value) {
        reserve(value.length);
        System.arraycopy(value, 0, bytes, length, value.length);
        length += value.length;
    }

    private void one(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    private void int2(int value) {
        reserve(2);
        bytes[length++] = (byte) (value >> 8);
        bytes[length++] = (byte) value;
    }

    private void int4Raw(int value) {
        reserve(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >> shift);
        }
    }

    private void int8Raw(long value) {
        reserve(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >> shift);
        }
    }

    private void reserve(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
