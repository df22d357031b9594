package org.howdah.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.howdah.embedded.TestServer;
import org.howdah.remedy.ByHand;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Reindex;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BloatChecksTest {
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestDatabase.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void bloated_table_and_index_are_found_and_no_longer_once_rewritten() {
        TestDatabase database =
                TestDatabase.on(server)
                        .execute(
                                "CREATE TABLE grown (id int, note text)",
                                "INSERT INTO grown SELECT i, repeat('x', 40) FROM generate_series(1, 600000) i",
                                "CREATE INDEX grown_id ON grown (id)",
                                "ANALYZE grown");
        database.quiet(new TableBloatCheck());
        database.quiet(new IndexBloatCheck());
        database.execute("DELETE FROM grown WHERE id % 20 <> 0", "VACUUM ANALYZE grown");

        Finding table = database.only(new TableBloatCheck(), "public.grown");
        assertThat(table.summary()).contains("estimated", "give or take");
        assertThat(table.measures().getFirst().value()).isBetween(0.9, 1.0);
        assertThat(table.remedies().getFirst()).isInstanceOf(ByHand.class);

        Finding index = database.only(new IndexBloatCheck(), "public.grown_id");
        assertThat(index.summary()).contains("estimated", "give or take");
        assertThat(index.remedies().getFirst()).isInstanceOf(Reindex.class);
        database.execute("REINDEX INDEX CONCURRENTLY grown_id").quiet(new IndexBloatCheck());
        database.execute("VACUUM (FULL, ANALYZE) grown").quiet(new TableBloatCheck());
    }
}
