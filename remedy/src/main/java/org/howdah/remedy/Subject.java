package org.howdah.remedy;

import org.howdah.postgres.QualifiedName;

/**
 * What a finding or remedy is about.
 *
 * @param database empty where the subject belongs to the whole cluster
 * @param name as a person would write it: {@code public.orders}, {@code work_mem}
 */
public record Subject(Kind kind, String database, String name) {
    public enum Kind {
        CLUSTER,
        NODE,
        DATABASE,
        TABLE,
        INDEX,
        COLUMN,
        SEQUENCE,
        SETTING,
        STATEMENT,
        ROLE,
        SESSION,
        SLOT,
        EXTENSION
    }

    public static Subject table(String database, QualifiedName name) {
        return new Subject(Kind.TABLE, database, name.toString());
    }

    public static Subject index(String database, QualifiedName name) {
        return new Subject(Kind.INDEX, database, name.toString());
    }

    public static Subject setting(String name) {
        return new Subject(Kind.SETTING, "", name);
    }

    @Override
    public String toString() {
        return name;
    }
}
