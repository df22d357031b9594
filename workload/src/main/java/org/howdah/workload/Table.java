package org.howdah.workload;

import java.util.List;

/**
 * A table of the workload by its logical names; each has the key {@code id}.
 *
 * @param columns in the order in which rows are loaded; the first is {@code id}
 * @param rows how many at scale 1
 */
record Table(String name, long rows, List<Column> columns, List<ForeignKey> foreignKeys) {

    /**
     * @param definition type and constraints, as DDL
     */
    record Column(String name, String definition) {}

    /** The column refers to the key of the other table. */
    record ForeignKey(String column, String referenced) {}

    boolean has(String column) {
        return columns.stream().anyMatch(candidate -> candidate.name().equals(column));
    }

    /** Of this table's key, without the constraint that makes it one: rows are loaded first. */
    String createStatement() {
        StringBuilder ddl = new StringBuilder("CREATE TABLE {" + name + "} (");
        String separator = "\n    ";
        for (Column column : columns) {
            ddl.append(separator).append(place(column.name())).append(' ');
            ddl.append(column.definition());
            separator = ",\n    ";
        }
        return ddl.append("\n)").toString();
    }

    String primaryKeyStatement() {
        return "ALTER TABLE {%s} ADD CONSTRAINT {#%s_key} PRIMARY KEY (%s)"
                .formatted(name, name, place("id"));
    }

    List<String> foreignKeyStatements() {
        return foreignKeys.stream()
                .map(key ->
                        "ALTER TABLE {%s} ADD CONSTRAINT {#%s_%s} FOREIGN KEY (%s) REFERENCES {%s} ({%s.id})"
                                .formatted(
                                        name,
                                        name,
                                        key.column(),
                                        place(key.column()),
                                        key.referenced(),
                                        key.referenced()))
                .toList();
    }

    String copyStatement() {
        return "COPY {%s} (%s) FROM STDIN (FORMAT binary)"
                .formatted(
                        name,
                        columns.stream()
                                .map(column -> place(column.name()))
                                .reduce((left, right) -> left + ", " + right)
                                .orElseThrow());
    }

    private String place(String column) {
        return "{" + name + "." + column + "}";
    }
}
