package org.howdah.advisor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.howdah.postgres.Catalog;
import org.howdah.postgres.Explain;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.RelationFact;
import org.howdah.postgres.Session;

/** Turns statements into studies: parsed, resolved, explained with values. */
final class StudyReader {
    /** More sets of values for one statement would not change the advice. */
    private static final int MOST_TRIALS = 6;

    private final Session session;
    private final StatementSamples samples;
    private final StatementParser parser;
    private final Map<Long, String> refusals = new LinkedHashMap<>();

    StudyReader(Session session, StatementSamples samples, StatementParser parser) {
        this.session = session;
        this.samples = samples;
        this.parser = parser;
    }

    /** Why statements could not be studied, by their identifier. */
    Map<Long, String> refusals() {
        return refusals;
    }

    private record Parsed(
            HeavyStatement statement, List<String> texts, boolean sampled, StatementShape shape) {}

    List<Study> read(Catalog catalog, List<HeavyStatement> statements) {
        Set<String> tables =
                catalog.database().relations().orNone().stream()
                        .map(RelationFact::name)
                        .collect(Collectors.toSet());
        List<Parsed> parsed = new ArrayList<>();
        for (HeavyStatement statement : statements) {
            if (!Landscape.names(statement.query(), tables)) {
                continue;
            }
            List<String> seen = samples.of(statement.queryId());
            List<String> texts = seen.isEmpty() ? List.of(statement.query()) : seen;
            switch (parser.parse(texts.getFirst())) {
                case StatementParser.Parsed.Shape shape ->
                        parsed.add(new Parsed(statement, texts, !seen.isEmpty(), shape.shape()));
                case StatementParser.Parsed.Utility _ -> {}
                case StatementParser.Parsed.Refused refused ->
                        refusals.put(statement.queryId(), refused.reason());
            }
        }
        Landscape landscape =
                Landscape.read(session, catalog, parsed.stream().map(Parsed::shape).toList());
        SearchPaths paths = SearchPaths.read(session);
        ColumnSamples columns = new ColumnSamples(session);
        List<Study> studies = new ArrayList<>();
        for (Parsed one : parsed) {
            ResolvedStatement resolved =
                    Resolver.resolve(one.shape(), paths.of(one.statement().role()), landscape);
            study(one, resolved, new Values(columns)).ifPresent(studies::add);
        }
        return studies;
    }

    private Optional<Study> study(Parsed parsed, ResolvedStatement resolved, Values values) {
        if (resolved.uses().isEmpty() && resolved.inserted().isEmpty()) {
            return Optional.empty();
        }
        List<Study.Trial> trials = new ArrayList<>();
        String sql = StatementText.of(parsed.texts().getFirst()).forServer();
        try (Explain explain = Explain.prepare(session, sql, resolved.searchPath())) {
            for (Binding binding : values.choose(resolved, explain.parameterTypes())) {
                if (trials.size() < MOST_TRIALS) {
                    trials.add(new Study.Trial(binding, explain.plan(binding.values())));
                }
            }
        } catch (HowdahException refused) {
            if (!resolved.uses().isEmpty()) {
                refusals.put(
                        parsed.statement().queryId(),
                        "the server does not explain it: " + refused.getMessage());
            }
            return Optional.empty();
        }
        return Optional.of(new Study(parsed.statement(), sql, parsed.sampled(), resolved, trials));
    }
}
