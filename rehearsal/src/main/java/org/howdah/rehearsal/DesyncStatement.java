package org.howdah.rehearsal;

/**
 * What the clients of the desync fuzzer run. Each statement answers with the identifier that it was
 * given, so that a row, a notice or an error that belongs to somebody else is seen at once.
 */
sealed interface DesyncStatement {

    String sql();

    /** Whether its result has rows. */
    default boolean returnsRows() {
        return true;
    }

    /** Rows of {@code id:number} with something behind them. */
    record Rows(String id, int rows, int fillerBytes) implements DesyncStatement {
        @Override
        public String sql() {
            return "SELECT '%s:' || g || repeat('x', %d) FROM generate_series(1, %d) g"
                    .formatted(id, fillerBytes, rows);
        }

        String row(int number) {
            return id + ":" + number + "x".repeat(fillerBytes);
        }
    }

    /** One row with the parameter and what tells the texts apart: many clients send the same. */
    record Shared(int text) implements DesyncStatement {
        @Override
        public String sql() {
            return "SELECT $1::text || '/" + text + "'";
        }
    }

    /** As {@link Shared}, from a table whose columns change meanwhile. */
    record Wide(int text) implements DesyncStatement {
        @Override
        public String sql() {
            return "SELECT $1::text || '/w" + text + "', w.* FROM desync_wide w";
        }
    }

    /** Fails when it is executed. */
    record Failing(String id) implements DesyncStatement {
        @Override
        public String sql() {
            return "SELECT desync_fail('" + id + "')";
        }
    }

    /** Cannot be parsed. */
    record Malformed(String id) implements DesyncStatement {
        @Override
        public String sql() {
            return "SELEC '" + id + "'";
        }

        @Override
        public boolean returnsRows() {
            return false;
        }
    }

    /** Gives a notice and a row. */
    record Noticing(String id) implements DesyncStatement {
        @Override
        public String sql() {
            return "SELECT desync_notice('" + id + "')";
        }
    }

    /** Takes its time. */
    record Sleeping(String id, int milliseconds) implements DesyncStatement {
        @Override
        public String sql() {
            return "SELECT desync_sleep('%s', %d)".formatted(id, milliseconds);
        }
    }

    /** COPY to the client. */
    record CopyOut(String id, int rows) implements DesyncStatement {
        @Override
        public String sql() {
            return "COPY (SELECT '%s:' || g FROM generate_series(1, %d) g) TO STDOUT"
                    .formatted(id, rows);
        }

        @Override
        public boolean returnsRows() {
            return false;
        }
    }

    /** COPY from the client. */
    record CopyIn(String id) implements DesyncStatement {
        @Override
        public String sql() {
            return "COPY desync_in FROM STDIN /* " + id + " */";
        }

        @Override
        public boolean returnsRows() {
            return false;
        }
    }

    /** Creates something and drops it, which sends invalidations to all sessions. */
    record Ddl(String id) implements DesyncStatement {
        @Override
        public String sql() {
            return "DO $$BEGIN CREATE TABLE desync_%s (); DROP TABLE desync_%s; END$$"
                    .formatted(id, id);
        }

        @Override
        public boolean returnsRows() {
            return false;
        }
    }

    /** Nothing at all. */
    record Empty() implements DesyncStatement {
        @Override
        public String sql() {
            return "";
        }

        @Override
        public boolean returnsRows() {
            return false;
        }
    }

    /** Begins, ends or marks a transaction. */
    enum Transaction implements DesyncStatement {
        BEGIN("BEGIN"),
        COMMIT("COMMIT"),
        ROLLBACK("ROLLBACK"),
        SAVEPOINT("SAVEPOINT here"),
        ROLLBACK_TO("ROLLBACK TO here");

        private final String sql;

        Transaction(String sql) {
            this.sql = sql;
        }

        @Override
        public String sql() {
            return sql;
        }

        @Override
        public boolean returnsRows() {
            return false;
        }

        /** Whether it is allowed in a failed transaction. */
        boolean exits() {
            return this != BEGIN && this != SAVEPOINT;
        }
    }
}
