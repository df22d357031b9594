package org.howdah.remedy;

import java.util.List;
import java.util.Map;
import org.howdah.postgres.QualifiedName;

/**
 * Storage options of one table or index.
 *
 * @param options new values by option name
 * @param previous the values before; an option that is missing here had none
 */
public record SetTableOptions(
        String database,
        QualifiedName table,
        Map<String, String> options,
        Map<String, String> previous)
        implements Remedy {
    public SetTableOptions {
        options = Map.copyOf(options);
        previous = Map.copyOf(previous);
    }

    @Override
    public Subject subject() {
        return Subject.table(database, table);
    }

    @Override
    public List<String> statements() {
        return List.of(RemedySql.setOptions(table, options));
    }

    @Override
    public Lock lock() {
        return Lock.brief(LockMode.SHARE_UPDATE_EXCLUSIVE);
    }

    @Override
    public List<String> undo() {
        return RemedySql.restoreOptions(table, options, previous);
    }

    @Override
    public String kind() {
        return "table-options";
    }
}
