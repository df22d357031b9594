package org.howdah.remedy;

import java.util.List;
import java.util.Optional;

/**
 * A server setting by ALTER SYSTEM.
 *
 * @param previous the value that postgresql.auto.conf had; none where it had none
 * @param restart whether the value is pending until the server is restarted
 */
public record SetSetting(String name, String value, Optional<String> previous, boolean restart)
        implements Remedy {
    @Override
    public Subject subject() {
        return Subject.setting(name);
    }

    @Override
    public List<String> statements() {
        return List.of(RemedySql.alterSystem(name, value), "SELECT pg_catalog.pg_reload_conf()");
    }

    @Override
    public String database() {
        return "";
    }

    @Override
    public Lock lock() {
        return Lock.none();
    }

    @Override
    public List<String> undo() {
        String back =
                previous.map(before -> RemedySql.alterSystem(name, before))
                        .orElseGet(() -> RemedySql.resetSystem(name));
        return List.of(back, "SELECT pg_catalog.pg_reload_conf()");
    }

    @Override
    public String kind() {
        return "setting";
    }
}
