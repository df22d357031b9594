package org.howdah.advisor;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.howdah.embedded.TestServer;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Explain;
import org.howdah.postgres.Plan;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.howdah.remedy.CreateIndex;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Proof;
import org.jspecify.annotations.Nullable;

/**
 * A database of its own with tables under random names, an application that runs statements on
 * them, and the advice on those. {@code {word}} in SQL is such a name.
 */
final class Bench implements AutoCloseable {
    private static final Pattern WORD = Pattern.compile("\\{([a-z_]+)}");

    private final TestServer server;
    private final String database;
    private final Random random;
    private final Map<String, String> names = new HashMap<>();
    private final Connection application;
    private final Session session;
    private StatementSamples samples = StatementSamples.none();

    Bench(TestServer server, String database, long seed) throws SQLException {
        this.server = server;
        this.database = database;
        this.random = new Random(seed);
        server.createDatabase(database);
        server.executeIn(database, "CREATE EXTENSION pg_stat_statements");
        this.application = server.connect(database);
        this.session =
                Session.open(
                        Dsn.of("127.0.0.1", server.port(), database, "postgres"),
                        SessionOptions.reading("test"));
    }

    Session session() {
        return session;
    }

    /** The name that stands for a word: quoted, of any letters, the same each time. */
    String name(String word) {
        return names.computeIfAbsent(word, this::invent);
    }

    private String invent(String word) {
        String letters = "abcdefghijklmnopqrstuvwxyzABCDE é-";
        StringBuilder name = new StringBuilder();
        int length = 6 + random.nextInt(12);
        for (int i = 0; i < length; i++) {
            name.append(letters.charAt(random.nextInt(letters.length())));
        }
        return name.append(random.nextInt(1000)).toString().strip();
    }

    String sql(String template) {
        Matcher matcher = WORD.matcher(template);
        StringBuilder sql = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(
                    sql, Matcher.quoteReplacement(QualifiedName.quote(name(matcher.group(1)))));
        }
        return matcher.appendTail(sql).toString();
    }

    void define(String template) {
        server.executeIn(database, sql(template));
    }

    /** Runs a statement as an application does, so that its text is seen. */
    void run(String template, @Nullable Object... parameters) throws SQLException {
        for (int i = 0; i < 2; i++) {
            try (PreparedStatement statement = application.prepareStatement(sql(template))) {
                for (int p = 0; p < parameters.length; p++) {
                    @Nullable Object value = parameters[p];
                    if (value instanceof Long[] keys) {
                        statement.setArray(p + 1, application.createArrayOf("bigint", keys));
                    } else {
                        statement.setObject(p + 1, value);
                    }
                }
                statement.execute();
            }
        }
        samples = samples.and(StatementSamples.read(session));
    }

    void forget() {
        samples = StatementSamples.none();
    }

    void path(String template) throws SQLException {
        try (Statement statement = application.createStatement()) {
            statement.execute(sql(template));
        }
    }

    List<Finding> advise() {
        return new IndexAdvisor().advise(session, Catalog.read(session), samples);
    }

    static List<CreateIndex> indexes(List<Finding> findings) {
        return findings.stream()
                .flatMap(finding -> finding.remedies().stream())
                .map(CreateIndex.class::cast)
                .toList();
    }

    /** Table and definition of what is advised, with the words in place of the random names. */
    Set<String> readable(List<Finding> findings) {
        Set<String> readable = new TreeSet<>();
        for (CreateIndex index : indexes(findings)) {
            readable.add(words(index.table().name() + " " + index.definition()));
        }
        return readable;
    }

    private String words(String text) {
        String result = text;
        for (Map.Entry<String, String> name : names.entrySet()) {
            result =
                    result.replace(QualifiedName.quote(name.getValue()), name.getKey())
                            .replace(name.getValue(), name.getKey());
        }
        return result;
    }

    void create(List<Finding> findings) {
        for (CreateIndex index : indexes(findings)) {
            server.executeIn(
                    database,
                    "CREATE INDEX %s ON %s %s"
                            .formatted(
                                    QualifiedName.quote(index.index().name()),
                                    index.table().sql(),
                                    index.definition()));
        }
        server.executeIn(database, "VACUUM ANALYZE");
    }

    /** The indexes that no plan of their proofs uses. */
    Set<String> unproven(List<Finding> findings) {
        return indexes(findings).stream()
                .filter(index -> index.proof().stream().noneMatch(proof -> uses(proof, index)))
                .map(index -> words(index.definition()))
                .collect(Collectors.toSet());
    }

    private boolean uses(Proof proof, CreateIndex index) {
        try (Explain explain = Explain.prepare(session, proof.statement(), proof.searchPath())) {
            Plan plan = explain.plan(proof.values());
            return plan.usesIndex(index.index()) && plan.cost() < proof.costBefore();
        }
    }

    @Override
    public void close() throws SQLException {
        session.close();
        application.close();
    }
}
