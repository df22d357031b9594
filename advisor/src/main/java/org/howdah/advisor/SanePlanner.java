package org.howdah.advisor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoublePredicate;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.Session;
import org.howdah.postgres.SettingFact;

/**
 * Takes settings that make the planner shun indexes back to PostgreSQL's defaults, in one session
 * and until closed. Other checks have those settings mended; the advice is for the time after that.
 */
final class SanePlanner implements AutoCloseable {
    private final Session session;
    private final List<String> changed = new ArrayList<>();

    private SanePlanner(Session session) {
        this.session = session;
    }

    static SanePlanner in(Session session, Catalog catalog) {
        SanePlanner planner = new SanePlanner(session);
        for (SettingFact setting : catalog.server().settings().orNone()) {
            if (misleads(setting)) {
                setting.bootValue().ifPresent(value -> planner.set(setting.name(), value));
            }
        }
        return planner;
    }

    private static boolean misleads(SettingFact setting) {
        return switch (setting.name()) {
            case "random_page_cost" -> compared(setting, difference -> difference > 0);
            case "effective_cache_size", "work_mem" ->
                    compared(setting, difference -> difference < 0);
            case "enable_indexscan",
                    "enable_indexonlyscan",
                    "enable_bitmapscan",
                    "enable_nestloop" ->
                    setting.value().equals("off");
            default -> false;
        };
    }

    private static boolean compared(SettingFact setting, DoublePredicate bad) {
        Optional<Double> boot = setting.bootValue().map(Double::parseDouble);
        return boot.isPresent() && bad.test(Double.parseDouble(setting.value()) - boot.get());
    }

    private void set(String name, String value) {
        session.one(
                "SELECT pg_catalog.set_config(?, ?, false)", row -> row.getString(1), name, value);
        changed.add(name);
    }

    @Override
    public void close() {
        changed.forEach(name -> session.execute("RESET " + name));
    }
}
