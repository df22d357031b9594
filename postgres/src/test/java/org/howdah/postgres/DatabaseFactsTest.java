package org.howdah.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.awaitility.Awaitility;
import org.howdah.embedded.TestServer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every query of the database's facts runs on every supported major and says what is there. */
class DatabaseFactsTest {
    private static final String SCHEMA =
            """
            CREATE TABLE parent (id int PRIMARY KEY, label text NOT NULL, tags text[])
                WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05);
            CREATE TABLE child (id bigserial PRIMARY KEY, parent_id int REFERENCES parent ON DELETE CASCADE,
                                note text, amount numeric);
            CREATE INDEX child_lower ON child (lower(note) DESC, amount) INCLUDE (parent_id) WHERE amount > 5;
            CREATE TABLE log (id bigint, at date NOT NULL) PARTITION BY RANGE (at);
            CREATE TABLE log_01 PARTITION OF log FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
            CREATE INDEX log_at ON log (at);
            INSERT INTO parent SELECT i, 'label ' || i % 3, ARRAY['a'] FROM generate_series(1, 1000) i;
            INSERT INTO child (parent_id, note, amount) SELECT 1 + i % 1000, repeat('x', 100), i
              FROM generate_series(1, 5000) i;
            INSERT INTO log VALUES (1, '2026-01-15');
            ANALYZE;
            """;

    @ParameterizedTest
    @ValueSource(ints = {14, 15, 16, 17, 18})
    void reads_all_kinds_of_objects_on_every_major(int major) {
        try (TestServer server = TestServer.start(major)) {
            server.execute(SCHEMA);
            try (Session session =
                    Session.open(
                            Dsn.of("127.0.0.1", server.port(), "postgres", "postgres"),
                            SessionOptions.reading("test"))) {
                DatabaseFacts facts = counted(session);
                relations(facts);
                indexes(facts);
                constraints(facts);
                columns(session, facts);
                others(facts);
            }
        }
    }

    /** Before 15 the counters arrive a moment later. */
    private static DatabaseFacts counted(Session session) {
        return Awaitility.await()
                .until(
                        () -> DatabaseFacts.read(session),
                        facts -> relation(facts, "parent").tuplesInserted() > 0);
    }

    private static void relations(DatabaseFacts facts) {
        RelationFact parent = relation(facts, "parent");
        assertThat(parent.options())
                .containsEntry("fillfactor", "80")
                .containsEntry("autovacuum_vacuum_scale_factor", "0.05");
        assertThat(parent.hasPrimaryKey()).isTrue();
        assertThat(parent.heapBytes()).isPositive().isEqualTo(parent.pages() * 8192);
        assertThat(parent.rows()).isEqualTo(1000);
        assertThat(parent.tuplesInserted()).isEqualTo(1000);
        RelationFact partition = relation(facts, "log_01");
        assertThat(partition.parent()).hasValue(relation(facts, "log").oid());
        assertThat(partition.bound()).contains("FOR VALUES FROM ('2026-01-01') TO ('2026-02-01')");
        assertThat(relation(facts, "log").kind()).isEqualTo(RelationKind.PARTITIONED_TABLE);
        assertThat(relation(facts, "log").xidAge()).isZero();
        assertThat(facts.catalogs().orNone())
                .anyMatch(catalog -> catalog.name().equals("pg_class") && catalog.system());
    }

    private static void indexes(DatabaseFacts facts) {
        IndexFact index = index(facts, "child_lower");
        assertThat(index.keys()).containsExactly("lower(note)", "amount");
        assertThat(index.keyAttributes()).containsExactly(0, 4);
        assertThat(index.keyOptions()).containsExactly(3, 0);
        assertThat(index.operatorClasses()).containsExactly("text_ops", "numeric_ops");
        assertThat(index.collations()).containsExactly("\"default\"", "-");
        assertThat(index.included()).containsExactly("parent_id");
        assertThat(index.predicate()).contains("(amount > (5)::numeric)");
        assertThat(index.definition().orElseThrow()).startsWith("CREATE INDEX child_lower ON");
        assertThat(index.enforces()).isFalse();
        assertThat(index(facts, "parent_pkey").referenced()).isTrue();
        assertThat(index(facts, "child_pkey").constraint()).contains("child_pkey");
        assertThat(index(facts, "log_at").partitioned()).isTrue();
        assertThat(index(facts, "log_01_at_idx").parent()).hasValue(index(facts, "log_at").oid());
    }

    private static void constraints(DatabaseFacts facts) {
        ConstraintFact key =
                facts.constraints().orNone().stream()
                        .filter(found -> found.kind() == ConstraintFact.Kind.FOREIGN_KEY)
                        .findFirst()
                        .orElseThrow();
        assertThat(key.columns()).containsExactly("parent_id");
        assertThat(key.referencedColumns()).containsExactly("id");
        assertThat(key.columnTypes()).containsExactly("integer");
        assertThat(key.qualifiedReferenced()).contains(new QualifiedName("public", "parent"));
        assertThat(key.onDelete()).contains(ConstraintFact.Action.CASCADE);
        assertThat(key.validated()).isTrue();
    }

    private static void columns(Session session, DatabaseFacts facts) {
        List<ColumnFact> columns =
                ColumnFact.read(session, List.of(relation(facts, "parent").oid())).orNone();
        assertThat(columns).extracting(ColumnFact::name).containsExactly("id", "label", "tags");
        assertThat(columns.get(0).histogram()).hasSize(101).startsWith("1").endsWith("1000");
        assertThat(columns.get(0).distinctAmong(1000)).hasValue(1000);
        assertThat(columns.get(1).commonValues())
                .containsExactlyInAnyOrder("label 0", "label 1", "label 2");
        assertThat(columns.get(2).commonElements()).containsExactly("a");
    }

    private static void others(DatabaseFacts facts) {
        SequenceFact sequence = facts.sequences().orNone().getFirst();
        assertThat(sequence.lastValue()).hasValue(5000);
        assertThat(sequence.column()).contains("id");
        assertThat(sequence.columnMaximum()).hasValue(Long.MAX_VALUE);
        PartitionedTableFact log = facts.partitionedTables().orNone().getFirst();
        assertThat(log.strategy()).isEqualTo(PartitionedTableFact.Strategy.RANGE);
        assertThat(log.keys()).containsExactly("at");
        assertThat(log.keyTypes()).containsExactly("date");
        assertThat(log.partitions()).isEqualTo(1);
        assertThat(facts.extensions().orNone())
                .anyMatch(extension -> extension.name().equals("plpgsql"));
        IntegerKeyFact key = facts.integerKeys().orNone().getFirst();
        assertThat(key.column()).isEqualTo("id");
        assertThat(key.largestSeen()).hasValue(1000);
        assertThat(facts.database().orNone()).hasSize(1);
        assertThat(facts.exclusiveLocks().isKnown()).isTrue();
        assertThat(facts.tableWork().isKnown()).isTrue();
        assertThat(facts.keyWidths().isKnown()).isTrue();
    }

    private static RelationFact relation(DatabaseFacts facts, String name) {
        return facts.relations().orNone().stream()
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static IndexFact index(DatabaseFacts facts, String name) {
        return facts.indexes().orNone().stream()
                .filter(found -> found.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
