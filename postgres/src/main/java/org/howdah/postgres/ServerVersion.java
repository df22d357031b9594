package org.howdah.postgres;

/** A server's version, as {@code server_version_num} gives it (180006 is 18.6). */
public record ServerVersion(int number) implements Comparable<ServerVersion> {
    public static final int OLDEST_MAJOR = 14;
    public static final int NEWEST_MAJOR = 18;

    public int major() {
        return number / 10_000;
    }

    public int minor() {
        return number % 10_000;
    }

    public boolean supported() {
        return major() >= OLDEST_MAJOR && major() <= NEWEST_MAJOR;
    }

    @Override
    public int compareTo(ServerVersion other) {
        return Integer.compare(number, other.number);
    }

    @Override
    public String toString() {
        // Before 10 the first two numbers were the major: 90624 is 9.6.24.
        return number < 100_000
                ? number / 10_000 + "." + number / 100 % 100 + "." + number % 100
                : major() + "." + minor();
    }
}
