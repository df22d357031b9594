package org.howdah.advisor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Makes few indexes of many: a wider one serves those whose keys are its first keys. */
final class Merging {
    private Merging() {}

    /** An index and the choices that it serves. */
    record Merged(IndexSpec spec, List<Choice> choices) {
        Merged {
            choices = List.copyOf(choices);
        }
    }

    static List<Merged> merge(List<Choice> choices, Covering covering) {
        List<Merged> all = new ArrayList<>();
        for (Choice choice : choices) {
            for (IndexSpec spec : choice.specs()) {
                add(all, new Merged(spec, List.of(choice)));
            }
        }
        List<Merged> shared =
                all.stream()
                        .map(one -> new Merged(reordered(one.spec(), all), one.choices()))
                        .sorted(Comparator.comparingInt(one -> -one.spec().keys().size()))
                        .toList();
        List<Merged> kept = new ArrayList<>();
        for (Merged one : shared) {
            absorb(kept, one, covering);
        }
        return kept;
    }

    private static void add(List<Merged> all, Merged one) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).spec().equals(one.spec())) {
                all.set(i, joined(all.get(i), one, one.spec()));
                return;
            }
        }
        all.add(one);
    }

    private static Merged joined(Merged one, Merged other, IndexSpec spec) {
        List<Choice> choices = new ArrayList<>(one.choices());
        choices.addAll(other.choices());
        return new Merged(spec, choices);
    }

    /** Equality columns that other indexes begin with come first, so that those need not exist. */
    private static IndexSpec reordered(IndexSpec spec, List<Merged> all) {
        if (spec.pinned() < 2 || spec.method() != IndexSpec.Method.BTREE) {
            return spec;
        }
        List<IndexSpec.Key> front = new ArrayList<>(spec.keys().subList(0, spec.pinned()));
        front.sort(Comparator.comparingLong(key -> -sharing(key, spec, all)));
        List<IndexSpec.Key> keys = new ArrayList<>(front);
        keys.addAll(spec.keys().subList(spec.pinned(), spec.keys().size()));
        return spec.with(keys);
    }

    private static long sharing(IndexSpec.Key key, IndexSpec spec, List<Merged> all) {
        return all.stream()
                .map(Merged::spec)
                .filter(other -> other.table().oid() == spec.table().oid())
                .filter(other -> other.where().equals(spec.where()))
                .filter(other -> other.pinned() > 0 && other.pinned() < spec.pinned())
                .filter(other -> other.keys().subList(0, other.pinned()).contains(key))
                .count();
    }

    private static void absorb(List<Merged> kept, Merged one, Covering covering) {
        for (int i = 0; i < kept.size(); i++) {
            Merged wider = kept.get(i);
            if (!wider.spec().covers(one.spec())) {
                continue;
            }
            IndexSpec both = wider.spec().absorbing(one.spec());
            boolean affordable = covering.affordable(both, both.include());
            if (affordable || one.spec().include().isEmpty()) {
                kept.set(i, joined(wider, one, affordable ? both : wider.spec()));
                return;
            }
        }
        kept.add(one);
    }
}
