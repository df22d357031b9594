package org.howdah.postgres;

/** A position in the write-ahead log, in bytes from its beginning; unsigned. */
public record Lsn(long position) implements Comparable<Lsn> {
    /** Reads the server's form, two hexadecimal halves: {@code 16/B374D848}. */
    public static Lsn parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 1 || slash == text.length() - 1) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a log position such as 16/B374D848");
        }
        long high = Long.parseLong(text.substring(0, slash), 16);
        long low = Long.parseLong(text.substring(slash + 1), 16);
        if (high < 0 || low < 0 || high > 0xFFFF_FFFFL || low > 0xFFFF_FFFFL) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a log position such as 16/B374D848");
        }
        return new Lsn(high << 32 | low);
    }

    public long bytesSince(Lsn earlier) {
        return position - earlier.position;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(position, other.position);
    }

    @Override
    public String toString() {
        return "%X/%X".formatted(position >>> 32, position & 0xFFFF_FFFFL);
    }
}
