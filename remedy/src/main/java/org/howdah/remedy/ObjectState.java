package org.howdah.remedy;

import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;

/** The state of a changed object as one text, to notice whether somebody changed it since. */
final class ObjectState {
    private ObjectState() {}

    /** A query of one row and one column, for remedies that can be undone. */
    static Optional<String> query(Remedy remedy) {
        return switch (remedy) {
            case SetTableOptions options -> Optional.of(options(options));
            case SetSetting setting -> Optional.of(setting(setting));
            case CreateIndex create ->
                    Optional.of(
                            definition(
                                    new QualifiedName(
                                            create.table().schema(), create.index().name())));
            case DropIndex drop -> Optional.of(definition(drop.index()));
            case Analyze _, ByHand _, Reindex _, Vacuum _ -> Optional.empty();
        };
    }

    /** The answer, without passwords; empty where it cannot be had. */
    static Optional<String> read(Session session, String query) {
        try {
            return session.query(query, row -> Optional.ofNullable(row.getString(1))).stream()
                    .findFirst()
                    .map(answer -> SecretMask.mask(answer.orElse("nothing")));
        } catch (HowdahException unreadable) {
            return Optional.empty();
        }
    }

    private static String options(SetTableOptions remedy) {
        String names =
                new TreeSet<>(remedy.options().keySet())
                        .stream().map(RemedySql::literal).collect(Collectors.joining(", "));
        return """
        SELECT pg_catalog.string_agg(o.option_name || '=' || o.option_value, ', ' ORDER BY o.option_name)
          FROM pg_catalog.pg_class c, pg_catalog.pg_options_to_table(c.reloptions) o
         WHERE c.oid = pg_catalog.to_regclass(%s) AND o.option_name IN (%s)
        """
                .formatted(RemedySql.literal(remedy.table().sql()), names);
    }

    private static String setting(SetSetting remedy) {
        return """
        SELECT pg_catalog.max(setting)
          FROM pg_catalog.pg_file_settings
         WHERE pg_catalog.lower(name) = pg_catalog.lower(%s) AND sourcefile LIKE '%%/postgresql.auto.conf'
        """
                .formatted(RemedySql.literal(remedy.name()));
    }

    private static String definition(QualifiedName index) {
        return "SELECT pg_catalog.pg_get_indexdef(pg_catalog.to_regclass(%s))"
                .formatted(RemedySql.literal(index.sql()));
    }
}
