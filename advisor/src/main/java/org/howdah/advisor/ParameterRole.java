package org.howdah.advisor;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a parameter is compared with.
 *
 * @param direct whether the parameter itself is the value, not part of a computation
 */
record ParameterRole(TableUse use, Predicate predicate, boolean direct) {
    static List<ParameterRole> of(ResolvedStatement statement, int parameter) {
        List<ParameterRole> roles = new ArrayList<>();
        for (TableUse use : statement.uses()) {
            List<Predicate> all = new ArrayList<>(use.predicates());
            use.alternatives().forEach(arms -> arms.forEach(all::addAll));
            for (Predicate predicate : all) {
                boolean named =
                        predicate.condition().pieces().stream()
                                .anyMatch(piece ->
                                        piece instanceof Template.ParameterNumber number
                                                && number.number() == parameter);
                if (named) {
                    roles.add(new ParameterRole(use, predicate, direct(predicate, parameter)));
                }
            }
        }
        // What it is compared with itself says more than what it is part of.
        roles.sort(Comparator.comparing(role -> !role.direct()));
        return roles;
    }

    private static boolean direct(Predicate predicate, int parameter) {
        Expression value = predicate.value().uncast();
        boolean item =
                value instanceof Expression.InList in
                        && in.items().stream()
                                .anyMatch(i ->
                                        i.uncast().equals(new Expression.Parameter(parameter)));
        return item || value.equals(new Expression.Parameter(parameter));
    }
}
