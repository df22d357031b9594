package org.howdah.advisor;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.ColumnFact;
import org.howdah.postgres.IndexFact;
import org.howdah.postgres.Partitions;
import org.howdah.postgres.RelationFact;
import org.howdah.postgres.Session;

/** The tables that the statements name, found in the catalog. */
final class Landscape {
    private final Map<String, List<RelationFact>> byName;
    private final Map<Long, KnownTable> known = new HashMap<>();

    private Landscape(Map<String, List<RelationFact>> byName) {
        this.byName = byName;
    }

    /** Reads the columns of those tables that the shapes name, and of no others. */
    static Landscape read(Session session, Catalog catalog, Collection<StatementShape> shapes) {
        List<RelationFact> relations =
                catalog.database().relations().orNone().stream()
                        .filter(relation -> !relation.locked())
                        .toList();
        Landscape landscape =
                new Landscape(
                        relations.stream().collect(Collectors.groupingBy(RelationFact::name)));
        Set<RelationFact> named = landscape.named(shapes);
        List<Long> oids = named.stream().map(RelationFact::oid).toList();
        Map<Long, List<ColumnFact>> columns =
                ColumnFact.read(session, oids).orNone().stream()
                        .collect(Collectors.groupingBy(ColumnFact::relation));
        Map<Long, List<IndexFact>> indexes = catalog.database().indexesByTable();
        Partitions partitions = Partitions.among(relations);
        for (RelationFact relation : named) {
            List<RelationFact> parts = partitions.leaves(relation);
            landscape.known.put(
                    relation.oid(),
                    new KnownTable(
                            relation,
                            parts.stream().mapToDouble(Landscape::rows).sum(),
                            parts.stream().mapToLong(RelationFact::heapBytes).sum(),
                            columns.getOrDefault(relation.oid(), List.of()),
                            indexes.getOrDefault(relation.oid(), List.of())));
        }
        return landscape;
    }

    private static double rows(RelationFact relation) {
        return Math.max(relation.rows(), relation.estimatedRows().orElse(0));
    }

    private Set<RelationFact> named(Collection<StatementShape> shapes) {
        Set<RelationFact> found = new HashSet<>();
        for (StatementShape shape : shapes) {
            for (QueryBlock block : shape.blocks()) {
                for (QueryBlock.Source source : block.sources()) {
                    if (source instanceof QueryBlock.Table table) {
                        byName.getOrDefault(table.name(), List.of()).stream()
                                .filter(relation ->
                                        table.schema().isEmpty()
                                                || table.schema().get().equals(relation.schema()))
                                .forEach(found::add);
                    }
                }
            }
        }
        return found;
    }

    /** Whether any word of the text is the name of a table: a quick look before parsing. */
    static boolean names(String sql, Set<String> tables) {
        return SqlTokens.of(sql).stream()
                .anyMatch(token ->
                        switch (token.kind()) {
                            case WORD -> tables.contains(token.text().toLowerCase(Locale.ROOT));
                            case QUOTED_NAME ->
                                    tables.contains(
                                            token.text()
                                                    .substring(1, token.text().length() - 1)
                                                    .replace("\"\"", "\""));
                            default -> false;
                        });
    }

    /**
     * The table of that name: in its schema, else in the first schema of the path that has one,
     * else the only one of that name.
     */
    Optional<KnownTable> find(QueryBlock.Table table, List<String> searchPath) {
        List<RelationFact> candidates = byName.getOrDefault(table.name(), List.of());
        List<String> path = table.schema().map(List::of).orElse(searchPath);
        for (String schema : path) {
            Optional<RelationFact> found =
                    candidates.stream()
                            .filter(relation -> relation.schema().equals(schema))
                            .findFirst();
            if (found.isPresent()) {
                return found.map(relation -> known.get(relation.oid()));
            }
        }
        boolean only = table.schema().isEmpty() && candidates.size() == 1;
        return only
                ? Optional.ofNullable(known.get(candidates.getFirst().oid()))
                : Optional.empty();
    }

    /** The path, and behind it the schemas in which names were found that it does not reach. */
    List<String> completed(List<String> searchPath, StatementShape shape) {
        List<String> path = new ArrayList<>(searchPath);
        for (QueryBlock block : shape.blocks()) {
            for (QueryBlock.Source source : block.sources()) {
                if (source instanceof QueryBlock.Table table && table.schema().isEmpty()) {
                    find(table, searchPath)
                            .map(found -> found.fact().schema())
                            .filter(schema -> !path.contains(schema))
                            .ifPresent(path::add);
                }
            }
        }
        return path;
    }
}
