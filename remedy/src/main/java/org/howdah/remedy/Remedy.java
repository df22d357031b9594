package org.howdah.remedy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.postgres.QualifiedName;

/**
 * A change that can be made to a cluster: the exact statements, the lock they take, what they cost,
 * how to undo them and the measure that must improve. Only the {@link RemedyRunner} makes it.
 */
public sealed interface Remedy {
    Subject subject();

    /** The exact statements, in order, each run by itself. */
    List<String> statements();

    Lock lock();

    default Cost cost() {
        return Cost.NOTHING;
    }

    /**
     * The statements that take the change back; empty where nothing has to be or can be taken back.
     */
    default List<String> undo() {
        return List.of();
    }

    default Optional<Aim> aim() {
        return Optional.empty();
    }

    /** The kind's name in policies and the journal: {@code vacuum}, {@code create-index}. */
    String kind();

    /** VACUUM of one table. */
    record Vacuum(String database, QualifiedName table, boolean analyze, boolean freeze, Cost cost)
            implements Remedy {
        @Override
        public Subject subject() {
            return Subject.table(database, table);
        }

        @Override
        public List<String> statements() {
            String options =
                    (freeze ? "FREEZE, " : "") + (analyze ? "ANALYZE, " : "") + "SKIP_LOCKED";
            return List.of("VACUUM (" + options + ") " + table.sql());
        }

        @Override
        public Lock lock() {
            return Lock.throughout(LockMode.SHARE_UPDATE_EXCLUSIVE);
        }

        @Override
        public Optional<Aim> aim() {
            return Optional.of(Aims.deadTuples(table));
        }

        @Override
        public String kind() {
            return "vacuum";
        }
    }

    /** ANALYZE of one table. */
    record Analyze(String database, QualifiedName table, Cost cost) implements Remedy {
        @Override
        public Subject subject() {
            return Subject.table(database, table);
        }

        @Override
        public List<String> statements() {
            return List.of("ANALYZE (SKIP_LOCKED) " + table.sql());
        }

        @Override
        public Lock lock() {
            return Lock.throughout(LockMode.SHARE_UPDATE_EXCLUSIVE);
        }

        @Override
        public Optional<Aim> aim() {
            return Optional.of(Aims.modifiedSinceAnalyze(table));
        }

        @Override
        public String kind() {
            return "analyze";
        }
    }

    /**
     * Storage options of one table or index.
     *
     * @param options new values by option name
     * @param previous the values before; an option that is missing here had none
     */
    record SetTableOptions(
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

    /**
     * A new index, built without blocking writes; on a partitioned table ON ONLY the parent, then
     * concurrently on each partition, then attached.
     *
     * @param definition everything behind the table's name: {@code USING btree (user_id,
     *     created_at) WHERE ...}
     * @param proof the statements whose plans must use it afterwards; it is dropped again where
     *     none does
     */
    record CreateIndex(
            String database,
            QualifiedName table,
            QualifiedName index,
            boolean unique,
            String definition,
            List<Proof> proof,
            Cost cost)
            implements Remedy {
        public CreateIndex {
            proof = List.copyOf(proof);
        }

        @Override
        public Subject subject() {
            return Subject.index(database, index);
        }

        @Override
        public List<String> statements() {
            return List.of(RemedySql.createIndex(this));
        }

        @Override
        public Lock lock() {
            return Lock.throughout(LockMode.SHARE_UPDATE_EXCLUSIVE);
        }

        @Override
        public List<String> undo() {
            return List.of("DROP INDEX CONCURRENTLY IF EXISTS " + index.sql());
        }

        @Override
        public String kind() {
            return "create-index";
        }
    }

    /**
     * Drops an index without blocking anyone.
     *
     * @param definition the index's whole CREATE INDEX statement, for the undo
     */
    record DropIndex(String database, QualifiedName index, String definition, Reason reason)
            implements Remedy {
        public enum Reason {
            UNUSED,
            DUPLICATE,
            REDUNDANT,
            INVALID
        }

        @Override
        public Subject subject() {
            return Subject.index(database, index);
        }

        @Override
        public List<String> statements() {
            return List.of("DROP INDEX CONCURRENTLY " + index.sql());
        }

        @Override
        public Lock lock() {
            return Lock.throughout(LockMode.SHARE_UPDATE_EXCLUSIVE);
        }

        @Override
        public List<String> undo() {
            return reason == Reason.INVALID
                    ? List.of()
                    : List.of(RemedySql.concurrently(definition));
        }

        @Override
        public String kind() {
            return "drop-index";
        }
    }

    /** Rebuilds an index without blocking writes. */
    record Reindex(String database, QualifiedName index, Cost cost) implements Remedy {
        @Override
        public Subject subject() {
            return Subject.index(database, index);
        }

        @Override
        public List<String> statements() {
            return List.of("REINDEX INDEX CONCURRENTLY " + index.sql());
        }

        @Override
        public Lock lock() {
            return Lock.throughout(LockMode.SHARE_UPDATE_EXCLUSIVE);
        }

        @Override
        public Optional<Aim> aim() {
            return Optional.of(Aims.indexBytes(index));
        }

        @Override
        public String kind() {
            return "reindex";
        }
    }

    /**
     * A server setting by ALTER SYSTEM.
     *
     * @param previous the value that postgresql.auto.conf had; none where it had none
     * @param restart whether the value is pending until the server is restarted
     */
    record SetSetting(String name, String value, Optional<String> previous, boolean restart)
            implements Remedy {
        @Override
        public Subject subject() {
            return Subject.setting(name);
        }

        @Override
        public List<String> statements() {
            return List.of(
                    RemedySql.alterSystem(name, value), "SELECT pg_catalog.pg_reload_conf()");
        }

        @Override
        public Lock lock() {
            return Lock.none();
        }

        @Override
        public List<String> undo() {
            String back =
                    previous.map(before -> RemedySql.alterSystem(name, before))
                            .orElse("ALTER SYSTEM RESET " + QualifiedName.quote(name));
            return List.of(back, "SELECT pg_catalog.pg_reload_conf()");
        }

        @Override
        public String kind() {
            return "setting";
        }
    }

    /**
     * What only a person may do: shown, never run.
     *
     * @param advice one sentence
     */
    record ByHand(Subject subject, String advice, List<String> statements) implements Remedy {
        public ByHand {
            statements = List.copyOf(statements);
        }

        @Override
        public Lock lock() {
            return Lock.none();
        }

        @Override
        public String kind() {
            return "by-hand";
        }
    }
}
