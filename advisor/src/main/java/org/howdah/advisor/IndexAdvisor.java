package org.howdah.advisor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;
import org.howdah.postgres.StatementFact;
import org.howdah.remedy.Finding;

/**
 * Which indexes are missing, by what the statements ask.
 *
 * <ol>
 *   <li>The heavy statements of pg_stat_statements, as far as possible as applications sent them,
 *       are parsed to their shape: conditions, joins, order.
 *   <li>Their names are found in the catalog, and the server is asked for their plans with values
 *       such as they are used with.
 *   <li>For each use of a table, the indexes that it might profit from are compared by what they
 *       would save, in the planner's own units and with its own estimates of rows.
 *   <li>The best ones are merged over all statements, and those that cost the writers more than
 *       they save are left out.
 * </ol>
 *
 * <p>Every advice carries its proof: the statements whose plans must use the index once it is
 * there. Nothing here executes a user's statement.
 */
public final class IndexAdvisor {
    /** Statements below this part of all execution time and of all calls are not looked at. */
    private static final double LEAST_PART = 0.0005;

    private final StatementParser parser;

    public IndexAdvisor() {
        this(new PgCodeKeeperParser());
    }

    IndexAdvisor(StatementParser parser) {
        this.parser = parser;
    }

    /** Advises by the statements of the server that the catalog was read from. */
    public List<Finding> advise(Session session, Catalog catalog, StatementSamples samples) {
        return advise(session, catalog, catalog.server().statements().orNone(), samples);
    }

    /**
     * @param session reading is enough; EXPLAIN needs the rights that the statements need
     * @param facts the statements of all nodes: what a reader is asked needs its indexes, too
     * @param samples what has been seen of the statements' texts; what sessions run right now is
     *     added
     * @return nothing where the statements are unknown: the catalog says why
     */
    public List<Finding> advise(
            Session session, Catalog catalog, List<StatementFact> facts, StatementSamples samples) {
        try (SanePlanner _ = SanePlanner.in(session, catalog)) {
            return advised(session, catalog, facts, samples);
        }
    }

    private List<Finding> advised(
            Session session, Catalog catalog, List<StatementFact> facts, StatementSamples samples) {
        List<HeavyStatement> statements = HeavyStatement.of(facts, catalog.database().name());
        List<HeavyStatement> heavy = heavy(statements);
        StatementSamples all = samples.and(StatementSamples.read(session));
        StudyReader reader = new StudyReader(session, all, parser);
        List<Study> studies = reader.read(catalog, heavy);
        Map<Long, Set<String>> assigned = new HashMap<>();
        for (Study study : studies) {
            study.resolved()
                    .assigned()
                    .forEach((table, columns) ->
                            assigned.computeIfAbsent(table, oid -> new HashSet<>())
                                    .addAll(columns));
        }
        Covering covering = new Covering(assigned);
        List<Choice> choices = choose(session, studies, covering);
        List<Merging.Merged> merged = Merging.merge(choices, covering);
        IndexFindings findings =
                new IndexFindings(catalog, statements, new WriteLoad(studies, assigned));
        List<Finding> result = new ArrayList<>(findings.of(merged));
        result.addAll(
                new Unhelped(catalog, statements).of(heavy, studies, choices, reader.refusals()));
        return result;
    }

    private static List<HeavyStatement> heavy(List<HeavyStatement> statements) {
        double seconds = statements.stream().mapToDouble(HeavyStatement::seconds).sum();
        double calls = statements.stream().mapToDouble(HeavyStatement::calls).sum();
        return statements.stream()
                .filter(statement ->
                        statement.seconds() >= seconds * LEAST_PART
                                || statement.calls() >= calls * LEAST_PART)
                .toList();
    }

    private static List<Choice> choose(Session session, List<Study> studies, Covering covering) {
        OperatorClasses classes = OperatorClasses.read(session);
        ScanCost costs = new ScanCost(CostConstants.read(session));
        Map<List<String>, List<Study>> byPath =
                studies.stream()
                        .collect(
                                Collectors.groupingBy(
                                        study -> study.resolved().searchPath(),
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        List<Choice> chosen = new ArrayList<>();
        byPath.forEach((path, some) -> {
            Assessment assessment =
                    new Assessment(
                            new CandidateFinder(classes, new Immutability(session)),
                            covering,
                            new RowEstimates(session),
                            costs);
            chosen.addAll(inPath(session, path, assessment, some));
        });
        return chosen;
    }

    private static List<Choice> inPath(
            Session session, List<String> path, Assessment assessment, List<Study> studies) {
        session.one(
                "SELECT pg_catalog.set_config('search_path', ?, false)",
                row -> row.getString(1),
                path.stream().map(QualifiedName::quote).collect(Collectors.joining(", ")));
        List<Choice> chosen = new ArrayList<>();
        try {
            for (Study study : studies) {
                List<Choice> best = new ArrayList<>();
                for (TableUse use : study.resolved().uses()) {
                    best.addAll(assessment.best(study, use));
                }
                chosen.addAll(lasting(study, best));
            }
        } finally {
            session.execute("RESET search_path");
        }
        return chosen;
    }

    /**
     * The choices that still matter when the others are there: once the dearest scans are gone, a
     * scan of a small table is most of what is left.
     */
    private static List<Choice> lasting(Study study, List<Choice> choices) {
        double saved = choices.stream().mapToDouble(Choice::gain).sum();
        double left = Math.max(0, study.cost() - saved);
        return choices.stream()
                .filter(choice -> choice.gain() >= 0.1 * (left + choice.gain()))
                .sorted(Comparator.comparingDouble((Choice choice) -> -choice.gain()))
                .toList();
    }

    /** The statement's text on one line, for people. */
    static String brief(String sql) {
        String line = sql.replaceAll("\\s+", " ").strip();
        return line.length() <= 120 ? line : line.substring(0, 117) + "...";
    }
}
