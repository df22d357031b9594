package org.howdah.check;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.howdah.postgres.RelationFact;
import org.howdah.postgres.SettingFact;

/**
 * When autovacuum works on a table: the server's settings, overridden by the table's options.
 *
 * <p>A table is vacuumed when its dead rows exceed {@code threshold + scale_factor * reltuples},
 * since PostgreSQL 18 at most {@code autovacuum_vacuum_max_threshold}; when its inserted rows
 * exceed the same of the insert settings; and whatever the options say when its age exceeds {@code
 * autovacuum_freeze_max_age}.
 * https://www.postgresql.org/docs/current/routine-vacuuming.html#AUTOVACUUM
 */
record AutovacuumRules(Map<String, Double> settings) {
    private static final Set<String> OFF = Set.of("off", "false", "no", "0", "f", "n");

    static AutovacuumRules of(List<SettingFact> settings) {
        return new AutovacuumRules(
                settings.stream()
                        .filter(setting -> setting.name().contains("vacuum"))
                        .collect(
                                Collectors.toMap(
                                        SettingFact::name,
                                        setting -> number(setting.value()),
                                        (one, _) -> one)));
    }

    private static double number(String value) {
        return switch (value) {
            case "on" -> 1;
            case "off" -> 0;
            default -> parse(value);
        };
    }

    private static double parse(String value) {
        try {
            return Double.parseDouble(value);
        } catch (NumberFormatException text) {
            return 0;
        }
    }

    /** Whether autovacuum may work on the table, forced freezing aside. */
    boolean enabledFor(RelationFact table) {
        return setting("autovacuum", 1) != 0 && !disabledBy(table.options());
    }

    static boolean disabledBy(Map<String, String> options) {
        return OFF.contains(
                options.getOrDefault("autovacuum_enabled", "on").toLowerCase(Locale.ROOT));
    }

    /** Dead rows above which the table is vacuumed. */
    double vacuumThreshold(RelationFact table) {
        double threshold =
                option(table, "autovacuum_vacuum_threshold", 50)
                        + option(table, "autovacuum_vacuum_scale_factor", 0.2) * rows(table);
        double most = option(table, "autovacuum_vacuum_max_threshold", -1);
        return most < 0 ? threshold : Math.min(most, threshold);
    }

    /** Inserted rows above which the table is vacuumed; infinite where that is switched off. */
    double insertThreshold(RelationFact table) {
        double base = option(table, "autovacuum_vacuum_insert_threshold", 1000);
        return base < 0
                ? Double.POSITIVE_INFINITY
                : base + option(table, "autovacuum_vacuum_insert_scale_factor", 0.2) * rows(table);
    }

    /** Changed rows above which the table is analyzed. */
    double analyzeThreshold(RelationFact table) {
        return option(table, "autovacuum_analyze_threshold", 50)
                + option(table, "autovacuum_analyze_scale_factor", 0.1) * rows(table);
    }

    /** Age in transactions at which a vacuum is forced; a table may only lower it. */
    double freezeMaxAge(RelationFact table) {
        double global = setting("autovacuum_freeze_max_age", 200e6);
        return Math.min(global, option(table, "autovacuum_freeze_max_age", global));
    }

    /** The same in multixacts. */
    double multixactFreezeMaxAge(RelationFact table) {
        double global = setting("autovacuum_multixact_freeze_max_age", 400e6);
        return Math.min(global, option(table, "autovacuum_multixact_freeze_max_age", global));
    }

    /** Seconds between two looks at a database. */
    double naptimeSeconds() {
        return setting("autovacuum_naptime", 60);
    }

    double costLimit(RelationFact table) {
        double own = option(table, "autovacuum_vacuum_cost_limit", -1);
        return own > 0 ? own : setting("vacuum_cost_limit", 200);
    }

    /** Zero for a vacuum that never sleeps. */
    double costDelayMilliseconds(RelationFact table) {
        double own = option(table, "autovacuum_vacuum_cost_delay", 2);
        return own >= 0 ? own : setting("vacuum_cost_delay", 0);
    }

    double pageMissCost() {
        return setting("vacuum_cost_page_miss", 2);
    }

    double pageDirtyCost() {
        return setting("vacuum_cost_page_dirty", 20);
    }

    private static double rows(RelationFact table) {
        return table.estimatedRows().orElse(0);
    }

    private double option(RelationFact table, String name, double otherwise) {
        String own = table.options().get(name);
        return own == null ? setting(name, otherwise) : parse(own);
    }

    private double setting(String name, double otherwise) {
        return settings.getOrDefault(name, otherwise);
    }
}
