package org.howdah.rehearsal;

import java.sql.Connection;
import java.sql.SQLException;
import org.howdah.embedded.EmbeddedException;
import org.howdah.embedded.Server;

/** What the statements of the desync fuzzer need. */
final class DesyncSchema {

    private static final String CREATE =
            """
            CREATE TABLE IF NOT EXISTS desync_in (id text);
            CREATE TABLE IF NOT EXISTS desync_wide (one int);
            DELETE FROM desync_wide;
            INSERT INTO desync_wide DEFAULT VALUES;
            CREATE OR REPLACE FUNCTION desync_fail(id text) RETURNS text LANGUAGE plpgsql AS
            $$BEGIN RAISE EXCEPTION 'desync %', id; END$$;
            CREATE OR REPLACE FUNCTION desync_notice(id text) RETURNS text LANGUAGE plpgsql AS
            $$BEGIN RAISE NOTICE 'desync %', id; RETURN id; END$$;
            CREATE OR REPLACE FUNCTION desync_sleep(id text, ms int) RETURNS text LANGUAGE plpgsql AS
            $$BEGIN PERFORM pg_sleep(ms / 1000.0); RETURN id; END$$;
            """;

    /** Adds a column or takes it away. */
    static final String ALTER =
            """
            SET lock_timeout = '100ms';
            DO $$BEGIN
                IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = 'desync_wide'::regclass
                           AND attname = 'two' AND NOT attisdropped) THEN
                    ALTER TABLE desync_wide DROP COLUMN two;
                ELSE
                    ALTER TABLE desync_wide ADD COLUMN two int;
                END IF;
            END$$;
            """;

    private DesyncSchema() {}

    static void create(Server server) {
        try (Connection connection = server.connect()) {
            connection.createStatement().execute(CREATE);
        } catch (SQLException failed) {
            throw new EmbeddedException(
                    "The fuzzer's tables cannot be made: " + failed.getMessage(),
                    "Give it a server of its own.",
                    failed);
        }
    }
}
