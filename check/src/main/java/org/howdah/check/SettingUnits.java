package org.howdah.check;

/**
 * The units in which PostgreSQL gives and takes its settings.
 *
 * <p>https://www.postgresql.org/docs/current/config-setting.html#CONFIG-SETTING-NAMES-VALUES
 */
final class SettingUnits {
    static final long KB = 1L << 10;
    static final long MB = 1L << 20;
    static final long GB = 1L << 30;
    static final long TB = 1L << 40;

    private SettingUnits() {}

    /** The bytes of one unit: {@code 8kB} is 8192. */
    static long bytes(String unit) {
        String letters = unit.replaceFirst("^\\d+", "");
        String count = unit.substring(0, unit.length() - letters.length());
        long factor =
                switch (letters) {
                    case "kB" -> KB;
                    case "MB" -> MB;
                    case "GB" -> GB;
                    case "TB" -> TB;
                    default -> 1;
                };
        return count.isEmpty() ? factor : Long.parseLong(count) * factor;
    }

    /** The seconds of one unit. */
    static double seconds(String unit) {
        return switch (unit) {
            case "us" -> 1e-6;
            case "ms" -> 1e-3;
            case "min" -> 60;
            case "h" -> 3600;
            case "d" -> 86400;
            default -> 1;
        };
    }

    /** A size as a setting's value, in the largest unit that leaves it whole: {@code 192GB}. */
    static String size(long bytes) {
        if (bytes >= GB && bytes % GB == 0) {
            return bytes / GB + "GB";
        }
        if (bytes >= MB && bytes % MB == 0) {
            return bytes / MB + "MB";
        }
        return Math.max(1, bytes / KB) + "kB";
    }

    /** A size rounded down to something that people would choose: whole GB from 10 GB, else MB. */
    static String roundSize(long bytes) {
        if (bytes >= 10 * GB) {
            return size(bytes / GB * GB);
        }
        return size(Math.max(MB, bytes / MB * MB));
    }
}
