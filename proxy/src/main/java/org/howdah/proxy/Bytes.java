package org.howdah.proxy;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Compares and hashes regions of buffers without a copy. */
final class Bytes {

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private Bytes() {}

    /**
     * A hash of 64 bits; mixes eight bytes at a time with the multipliers of MurmurHash3's
     * finalizer.
     */
    static long hash(ByteBuffer in, int from, int to) {
        long hash = 0x9E3779B97F4A7C15L * (to - from);
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = mix(hash ^ in.getLong(at));
        }
        long rest = 0;
        for (; at < to; at++) {
            rest = rest << 8 | (in.get(at) & 0xff);
        }
        return mix(hash ^ rest);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    static boolean equal(byte[] key, ByteBuffer in, int from, int to) {
        if (key.length != to - from) {
            return false;
        }
        int at = 0;
        for (; at + Long.BYTES <= key.length; at += Long.BYTES) {
            if ((long) LONGS.get(key, at) != in.getLong(from + at)) {
                return false;
            }
        }
        for (; at < key.length; at++) {
            if (key[at] != in.get(from + at)) {
                return false;
            }
        }
        return true;
    }

    static byte[] copy(ByteBuffer in, int from, int to) {
        byte[] bytes = new byte[to - from];
        in.get(from, bytes);
        return bytes;
    }
}
