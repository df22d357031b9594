package org.howdah.upkeep;

import java.util.List;
import java.util.Optional;
import org.howdah.advisor.IndexAdvisor;
import org.howdah.advisor.StatementSamples;
import org.howdah.check.Check;
import org.howdah.check.Checkup;
import org.howdah.cluster.ClusterFacts;
import org.howdah.cluster.ClusterReader;
import org.howdah.postgres.Dsn;
import org.howdah.postgres.Facts;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.Session;
import org.howdah.postgres.SessionOptions;
import org.howdah.postgres.StatementFact;
import org.howdah.remedy.Finding;

/** Reads a cluster, runs the checks on it and asks the advisor. */
public final class Examiner {
    private final ClusterReader reader;
    private final List<Check> checks;
    private final IndexAdvisor advisor = new IndexAdvisor();

    public Examiner(ClusterReader reader, List<Check> checks) {
        this.reader = reader;
        this.checks = List.copyOf(checks);
    }

    /** The checks alone. */
    public Checkup check(String cluster, List<Dsn> nodes) {
        return Checkup.of(reader.read(cluster, nodes), checks);
    }

    /**
     * The checks and the advice on indexes.
     *
     * @param samples statements as applications send them, as far as they were seen
     */
    public Diagnosis examine(String cluster, List<Dsn> nodes, StatementSamples samples) {
        ClusterFacts facts = reader.read(cluster, nodes);
        Checkup checkup = Checkup.of(facts, checks);
        Dsn main =
                nodes.stream()
                        .filter(node -> node.toString().equals(facts.main().node()))
                        .findFirst()
                        .orElse(nodes.getFirst());
        try (Session session = Session.open(main, SessionOptions.reading("advisor"))) {
            List<Finding> advice =
                    advisor.advise(session, facts.main(), statements(facts), samples);
            return new Diagnosis(checkup, advice, unknownStatements(facts));
        } catch (HowdahException failure) {
            return new Diagnosis(
                    checkup, List.of(), Optional.of(String.valueOf(failure.getMessage())));
        }
    }

    private static List<StatementFact> statements(ClusterFacts facts) {
        return facts.nodes().flatMap(node -> node.server().statements().orNone().stream()).toList();
    }

    private static Optional<String> unknownStatements(ClusterFacts facts) {
        return switch (facts.main().server().statements()) {
            case Facts.Known<StatementFact> _ -> Optional.empty();
            case Facts.Unknown<StatementFact> unknown -> Optional.of(unknown.reason());
        };
    }
}
