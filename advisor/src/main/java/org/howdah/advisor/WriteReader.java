package org.howdah.advisor;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser.*;

/** Reads INSERT, UPDATE, DELETE and MERGE. */
final class WriteReader {
    private final BlockReader blocks;

    WriteReader(BlockReader blocks) {
        this.blocks = blocks;
    }

    int read(Data_statementContext statement, BlockReader.Scope outer) {
        if (statement.update_stmt_for_psql() != null) {
            return update(statement.update_stmt_for_psql(), outer);
        } else if (statement.delete_stmt_for_psql() != null) {
            return delete(statement.delete_stmt_for_psql(), outer);
        } else if (statement.insert_stmt_for_psql() != null) {
            return insert(statement.insert_stmt_for_psql(), outer);
        }
        return merge(statement.merge_stmt_for_psql(), outer);
    }

    private int update(Update_stmt_for_psqlContext update, BlockReader.Scope outer) {
        Frame frame = new Frame(blocks.common(update.with_clause(), outer));
        OptionalInt target = frame.sources.target(update.update_table_name, update.alias);
        update.from_item().forEach(item -> frame.sources.read(item, Set.of()));
        List<String> assigned = new ArrayList<>();
        for (Update_setContext set : update.update_set()) {
            set.indirection_identifier()
                    .forEach(column -> assigned.add(Identifiers.name(column.identifier())));
            frame.compute(set);
        }
        if (update.vex() != null) {
            frame.sources.conjuncts(frame.expressions.read(update.vex()), Set.of());
        }
        return frame.close(target, assigned);
    }

    private int delete(Delete_stmt_for_psqlContext delete, BlockReader.Scope outer) {
        Frame frame = new Frame(blocks.common(delete.with_clause(), outer));
        OptionalInt target = frame.sources.target(delete.delete_table_name, delete.alias);
        delete.from_item().forEach(item -> frame.sources.read(item, Set.of()));
        if (delete.vex() != null) {
            frame.sources.conjuncts(frame.expressions.read(delete.vex()), Set.of());
        }
        return frame.close(target, List.of());
    }

    /** Its rows come from a block of their own; the target's own indexes find conflicts. */
    private int insert(Insert_stmt_for_psqlContext insert, BlockReader.Scope outer) {
        BlockReader.Scope scope = blocks.common(insert.with_clause(), outer);
        if (insert.select_stmt() != null) {
            blocks.select(insert.select_stmt(), scope);
        }
        Frame frame = new Frame(scope);
        OptionalInt target = frame.sources.target(insert.insert_table_name, insert.alias);
        return frame.close(target, List.of());
    }

    private int merge(Merge_stmt_for_psqlContext merge, BlockReader.Scope outer) {
        Frame frame = new Frame(blocks.common(merge.with_clause(), outer));
        OptionalInt target = frame.sources.target(merge.merge_table_name, merge.alias);
        frame.sources.read(merge.from_item(), Set.of());
        frame.sources.conjuncts(frame.expressions.read(merge.vex()), Set.of());
        merge.when_condition().forEach(frame::compute);
        return frame.close(target, List.of());
    }

    /** A block in the making. */
    private final class Frame {
        private final int number = blocks.open();
        private final BlockReader.Scope outer;
        private final ExpressionReader expressions;
        private final SourceReader sources;
        private final List<QueryBlock.Output> outputs = new ArrayList<>();

        Frame(BlockReader.Scope outer) {
            this.outer = outer;
            this.expressions = new ExpressionReader(blocks, outer.in(number));
            this.sources = new SourceReader(blocks, expressions, outer);
        }

        void compute(org.antlr.v4.runtime.tree.ParseTree tree) {
            expressions.parts(tree).forEach(value -> outputs.add(new QueryBlock.Output("", value)));
        }

        int close(OptionalInt target, List<String> assigned) {
            blocks.close(
                    number,
                    BlockReader.plain(
                            outer,
                            sources,
                            outputs,
                            target,
                            assigned,
                            EnumSet.noneOf(QueryBlock.Trait.class)));
            return number;
        }
    }
}
