package org.howdah.app;

import java.util.Locale;
import org.howdah.remedy.Lock;
import org.howdah.remedy.LockMode;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.Severity;
import org.howdah.report.Style;
import org.howdah.report.Units;

/** How the same things are worded and colored everywhere. */
final class Words {
    private Words() {}

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Style style(Severity severity) {
        return switch (severity) {
            case NOTICE -> Style.NOTICE;
            case WARNING -> Style.WARNING;
            case CRITICAL -> Style.CRITICAL;
        };
    }

    static String value(Measure measure) {
        return measure.unit().format(measure.value());
    }

    static String threshold(Measure measure) {
        return measure.threshold().isPresent()
                ? measure.unit().format(measure.threshold().getAsDouble())
                : "";
    }

    /** {@code SHARE UPDATE EXCLUSIVE while it runs}. */
    static String lock(Lock lock) {
        if (lock.mode() == LockMode.NONE) {
            return "no lock on a table";
        }
        String mode = lock.mode().sql();
        return switch (lock.hold()) {
            case MOMENT -> mode + " for a moment";
            case WHOLE_RUN -> mode + " while it runs";
        };
    }

    /** {@code reads 1.2 GiB, writes 300 MiB}. */
    static String cost(Remedy remedy) {
        StringBuilder cost = new StringBuilder();
        append(cost, "reads ", remedy.cost().readBytes());
        append(cost, "writes ", remedy.cost().writtenBytes());
        append(cost, "WAL ", remedy.cost().walBytes());
        append(cost, "needs disk ", remedy.cost().diskBytes());
        return cost.isEmpty() ? "next to nothing" : cost.toString();
    }

    private static void append(StringBuilder cost, String what, long bytes) {
        if (bytes > 0) {
            cost.append(cost.isEmpty() ? "" : ", ").append(what).append(Units.bytes(bytes));
        }
    }

    /** {@code 1 remedy}, {@code 3 remedies}. */
    static String plural(long count, String one, String several) {
        return count + " " + (count == 1 ? one : several);
    }

    /** {@code 1 warning}, {@code 3 warnings}. */
    static String plural(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
