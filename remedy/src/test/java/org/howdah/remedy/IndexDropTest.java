package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.howdah.remedy.Workshop.name;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Indexes that must stay, whatever a finding says. */
class IndexDropTest {
    private static Workshop shop;
    private static String database;

    @BeforeAll
    static void open() {
        shop = Workshop.open();
        database = shop.database();
        shop.execute(
                database,
                "CREATE TABLE customer (id int PRIMARY KEY)",
                "CREATE TABLE orders (id int PRIMARY KEY, customer int NOT NULL REFERENCES customer, code int NOT NULL, total int,"
                        + " EXCLUDE USING btree (total WITH =))",
                "CREATE UNIQUE INDEX orders_code ON orders (code)",
                "ALTER TABLE orders REPLICA IDENTITY USING INDEX orders_code",
                "CREATE INDEX orders_customer ON orders (customer)",
                "CREATE INDEX orders_used ON orders (total, code)",
                "CREATE UNIQUE INDEX orders_total_unique ON orders (total)",
                "CREATE INDEX orders_total ON orders (total)",
                "CREATE INDEX orders_total_desc ON orders (total DESC)",
                "CREATE INDEX orders_total_partial ON orders (total) WHERE total > 5",
                "CREATE TABLE coupon (a int UNIQUE DEFERRABLE, b int, c int)",
                "CREATE UNIQUE INDEX coupon_a ON coupon (a)",
                "CREATE UNIQUE INDEX coupon_b ON coupon (b)",
                "CREATE UNIQUE INDEX coupon_b_nulls ON coupon (b) NULLS NOT DISTINCT",
                "CREATE UNIQUE INDEX coupon_c ON coupon (c)",
                "CREATE UNIQUE INDEX coupon_c_twin ON coupon (c)",
                "CREATE INDEX orders_free ON orders ((total + 1))",
                "INSERT INTO customer SELECT generate_series(1, 100)",
                "INSERT INTO orders SELECT g, g, g, g FROM generate_series(1, 100) g",
                "VACUUM ANALYZE orders",
                "SET enable_seqscan = off",
                "SET enable_bitmapscan = off",
                "SELECT total, code FROM orders WHERE total = 5 AND code = 5");
        shop.execute(database, "SELECT pg_stat_force_next_flush()");
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    orders_pkey            | UNUSED    | backs the constraint orders_pkey
                    orders_total_excl      | UNUSED    | backs the constraint
                    orders_code            | UNUSED    | replica identity
                    orders_customer        | UNUSED    | the only one under the foreign key orders_customer_fkey
                    orders_used            | UNUSED    | has been used
                    orders_total_desc      | REDUNDANT | no other valid index
                    orders_total_partial   | REDUNDANT | no other valid index
                    orders_total_unique    | DUPLICATE | no other valid index
                    coupon_a               | DUPLICATE | no other valid index
                    coupon_b               | DUPLICATE | no other valid index
                    coupon_b_nulls         | DUPLICATE | no other valid index
                    orders_free            | DUPLICATE | no other valid index
                    orders_free            | INVALID   | is valid by now
                    nowhere                | UNUSED    | does not exist any more
                    """)
    void stays(String index, DropIndex.Reason reason, String objection) {
        RemedyOutcome outcome = shop.runOne(new DropIndex(database, name(index), "", reason));
        assertThat(outcome.state()).isEqualTo(RemedyState.REFUSED);
        assertThat(outcome.reason()).contains(objection);
    }

    @Test
    void goesWhereAnotherServesEverything() {
        RemedyOutcome outcome =
                shop.runOne(
                        new DropIndex(
                                database, name("orders_total"), "", DropIndex.Reason.REDUNDANT));
        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.state()).isEqualTo(RemedyState.DONE);
    }

    @Test
    void uniqueIndexGoesWhereAnotherForbidsTheSame() {
        RemedyOutcome outcome =
                shop.runOne(
                        new DropIndex(database, name("coupon_c"), "", DropIndex.Reason.DUPLICATE));
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RemedyState.DONE);
    }
}
