package org.howdah.sql;

/** What has been found out about a statement so far. */
final class Verdict {

    private StatementKind kind = StatementKind.EMPTY;
    private StatementAction action = StatementAction.NOTHING;
    private int features;

    void clear() {
        set(StatementKind.EMPTY, StatementAction.NOTHING);
        features = 0;
    }

    void set(StatementKind what, StatementAction does) {
        kind = what;
        action = does;
    }

    void unknown() {
        set(StatementKind.WRITE, StatementAction.UNKNOWN);
    }

    void add(Feature feature) {
        features |= feature.bit();
    }

    void addAll(int bits) {
        features |= bits;
    }

    boolean has(Feature feature) {
        return (features & feature.bit()) != 0;
    }

    StatementKind kind() {
        return kind;
    }

    StatementAction action() {
        return action;
    }

    int features() {
        return features;
    }
}
