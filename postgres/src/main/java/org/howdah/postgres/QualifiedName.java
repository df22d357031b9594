package org.howdah.postgres;

/** The name of a relation with its schema, unquoted; {@link #sql()} quotes. */
public record QualifiedName(String schema, String name) implements Comparable<QualifiedName> {
    /** Both parts quoted, safe in any statement. */
    public String sql() {
        return quote(schema) + "." + quote(name);
    }

    /** An identifier in double quotes, inner quotes doubled. */
    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    @Override
    public int compareTo(QualifiedName other) {
        int bySchema = schema.compareTo(other.schema);
        return bySchema != 0 ? bySchema : name.compareTo(other.name);
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
