package org.howdah.sql;

import java.util.Set;

/** The verdict on a statement, or on all statements of a text together. */
public record Classification(StatementKind kind, StatementAction action, Set<Feature> features) {

    public Classification {
        features = Set.copyOf(features);
    }

    public boolean has(Feature feature) {
        return features.contains(feature);
    }
}
