package org.howdah.advisor;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.howdah.advisor.Expression.Column;

/** Which source of which block a column belongs to. */
final class Ownership {
    /**
     * @param source its number among the block's sources
     */
    record Owner(int block, int source) {}

    private final StatementShape shape;
    private final List<String> searchPath;
    private final Landscape landscape;

    Ownership(StatementShape shape, List<String> searchPath, Landscape landscape) {
        this.shape = shape;
        this.searchPath = searchPath;
        this.landscape = landscape;
    }

    Optional<KnownTable> table(QueryBlock.Source source) {
        return source instanceof QueryBlock.Table table
                ? landscape.find(table, searchPath)
                : Optional.empty();
    }

    QueryBlock.Source source(Owner owner) {
        return shape.blocks().get(owner.block()).sources().get(owner.source());
    }

    /** The call behind the name of a function in FROM. */
    Optional<Template> functionCalled(String name, int block) {
        return shape.blocks().get(block).sources().stream()
                .filter(QueryBlock.Function.class::isInstance)
                .map(QueryBlock.Function.class::cast)
                .filter(function -> function.alias().equals(name))
                .map(function -> function.call().template())
                .findFirst();
    }

    /** Looks in the block, then in those around it. */
    Optional<Owner> of(Column column, int block) {
        OptionalInt here = OptionalInt.of(block);
        while (here.isPresent()) {
            int number = here.getAsInt();
            QueryBlock in = shape.blocks().get(number);
            OptionalInt source = within(column, in);
            if (source.isPresent()) {
                return Optional.of(new Owner(number, source.getAsInt()));
            }
            here = in.parent();
        }
        return Optional.empty();
    }

    private OptionalInt within(Column column, QueryBlock block) {
        OptionalInt maybe = OptionalInt.empty();
        for (int i = 0; i < block.sources().size(); i++) {
            QueryBlock.Source source = block.sources().get(i);
            if (column.table().isPresent()) {
                if (column.table().get().equals(source.alias())) {
                    return OptionalInt.of(i);
                }
                continue;
            }
            switch (has(source, column.name())) {
                case YES -> {
                    return OptionalInt.of(i);
                }
                case MAYBE -> maybe = OptionalInt.of(i);
                case NO -> {}
            }
        }
        return maybe;
    }

    private enum Has {
        YES,
        MAYBE,
        NO
    }

    private Has has(QueryBlock.Source source, String column) {
        return switch (source) {
            case QueryBlock.Table table ->
                    landscape
                            .find(table, searchPath)
                            .map(found -> found.column(column).isPresent() ? Has.YES : Has.NO)
                            .orElse(Has.MAYBE);
            case QueryBlock.Function function ->
                    function.alias().equals(column) ? Has.YES : Has.MAYBE;
            case QueryBlock.Derived derived -> derivedHas(derived, column);
        };
    }

    private Has derivedHas(QueryBlock.Derived derived, String column) {
        if (derived.columns().contains(column)) {
            return Has.YES;
        }
        if (derived.block() < 0) {
            return Has.MAYBE;
        }
        QueryBlock block = shape.blocks().get(derived.block());
        boolean named = block.outputs().stream().anyMatch(output -> output.name().equals(column));
        boolean opaque =
                !block.members().isEmpty()
                        || block.outputs().stream()
                                .anyMatch(output -> output.expression() instanceof Expression.Star);
        return named ? Has.YES : opaque ? Has.MAYBE : Has.NO;
    }
}
