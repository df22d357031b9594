package org.howdah.sql;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Names with their effects, found from the bytes of a statement without making a string. Immutable.
 */
final class FunctionNames {

    private final byte[][] names;
    private final VolatileFunctions.Effect[] effects;
    private final int mask;

    FunctionNames(Map<String, VolatileFunctions.Effect> entries) {
        int slots = Integer.highestOneBit(Math.max(8, entries.size() * 4));
        mask = slots - 1;
        names = new byte[slots][];
        effects = new VolatileFunctions.Effect[slots];
        Arrays.fill(names, new byte[0]);
        Arrays.fill(effects, VolatileFunctions.Effect.NONE);
        entries.forEach(this::put);
    }

    private void put(String name, VolatileFunctions.Effect effect) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        int slot = Characters.hash(bytes, 0, bytes.length) & mask;
        while (names[slot].length > 0) {
            slot = (slot + 1) & mask;
        }
        names[slot] = bytes;
        effects[slot] = effect;
    }

    /**
     * The effect of the name, or {@code otherwise} if it is not here.
     *
     * @param exact whether letters must be of the same case, as in a quoted name
     */
    VolatileFunctions.Effect effect(
            byte[] text,
            int start,
            int end,
            int hash,
            boolean exact,
            VolatileFunctions.Effect otherwise) {
        for (int slot = hash & mask; names[slot].length > 0; slot = (slot + 1) & mask) {
            if (matches(names[slot], text, start, end, exact)) {
                return effects[slot];
            }
        }
        return otherwise;
    }

    private static boolean matches(byte[] name, byte[] text, int start, int end, boolean exact) {
        if (name.length != end - start) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            byte b = text[start + i];
            if (name[i] != (exact ? b : Characters.fold(b))) {
                return false;
            }
        }
        return true;
    }
}
