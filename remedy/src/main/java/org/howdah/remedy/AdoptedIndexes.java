package org.howdah.remedy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;

/**
 * Indexes of partitions that were there before and become part of a new partitioned index. An index
 * that is attached cannot be detached again, and goes with the one that it is attached to; so they
 * come last, when all else is built and proven, and all in one transaction: whatever ends the run
 * before, none of them is touched.
 *
 * <p>https://www.postgresql.org/docs/current/sql-alterindex.html
 */
final class AdoptedIndexes {
    private record Adopted(QualifiedName parent, EqualIndex index) {}

    private final List<Adopted> adopted = new ArrayList<>();

    void add(QualifiedName parent, EqualIndex index) {
        adopted.add(new Adopted(parent, index));
    }

    boolean isEmpty() {
        return adopted.isEmpty();
    }

    List<QualifiedName> names() {
        return adopted.stream().map(each -> each.index().qualifiedName()).toList();
    }

    /**
     * @param undo what takes the whole back from then on
     */
    void attach(Statements statements, List<String> undo) {
        statements.pen().adopts(names().stream().map(QualifiedName::sql).toList(), undo);
        statements.patiently(
                adopted.stream()
                        .map(each -> RemedySql.attach(each.parent(), each.index().qualifiedName()))
                        .collect(Collectors.joining("; ")),
                LockMode.ACCESS_EXCLUSIVE);
    }

    /** Whether they are attached: then what holds them must stay. */
    boolean isAttached(Session session) {
        return adopted.stream()
                .anyMatch(each ->
                        session.one(
                                "SELECT EXISTS (SELECT FROM pg_catalog.pg_inherits WHERE inhrelid = ?::bigint::oid)",
                                row -> row.getBoolean(1),
                                each.index().oid()));
    }

    String sentence() {
        return adopted.size() == 1
                ? "%s was there already and is part of it now".formatted(names().getFirst())
                : "%d indexes of partitions were there already and are part of it now: %s"
                        .formatted(
                                adopted.size(),
                                names().stream()
                                        .map(QualifiedName::toString)
                                        .collect(Collectors.joining(", ")));
    }
}
