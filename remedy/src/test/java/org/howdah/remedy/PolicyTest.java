package org.howdah.remedy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.howdah.remedy.Workshop.name;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyTest {
    private static final Policy POLICY =
            new Policy(
                    Permission.ADVISE,
                    List.of(
                            new PolicyRule("*", "public.*", Permission.ASK),
                            new PolicyRule("vacuum", "*", Permission.APPLY),
                            new PolicyRule("*", "public.log_*", Permission.APPLY),
                            new PolicyRule("drop-index", "*", Permission.ADVISE),
                            new PolicyRule("vacuum", "public.log_secret", Permission.ADVISE),
                            new PolicyRule("analyze", "shop/public.orders", Permission.APPLY),
                            new PolicyRule("create-index", "public.order?", Permission.APPLY)),
                    false);

    @ParameterizedTest
    @CsvSource({
        "analyze, shop, public.items, ASK",
        "analyze, shop, public.orders, APPLY",
        "analyze, other, public.orders, ASK",
        "analyze, shop, private.items, ADVISE",
        // One rule knows the kind, the other the object: the more careful one holds.
        "vacuum, shop, public.items, ASK",
        "vacuum, shop, private.items, APPLY",
        "vacuum, shop, public.log_1, APPLY",
        "vacuum, shop, public.log_secret, ADVISE",
        "drop-index, shop, public.log_1, ADVISE",
        "create-index, shop, public.orders, APPLY",
        "create-index, shop, public.orderings, ASK"
    })
    void mostParticularRuleDecides(
            String kind, String database, String object, Permission expected) {
        String schema = object.substring(0, object.indexOf('.'));
        String relation = object.substring(object.indexOf('.') + 1);
        var named = new org.howdah.postgres.QualifiedName(schema, relation);
        Remedy remedy =
                switch (kind) {
                    case "analyze" -> new Analyze(database, named, Cost.NOTHING);
                    case "vacuum" -> new Vacuum(database, named, false, false, Cost.NOTHING);
                    case "drop-index" ->
                            new DropIndex(database, named, "", DropIndex.Reason.UNUSED);
                    default ->
                            new CreateIndex(
                                    database,
                                    named,
                                    name("new_index"),
                                    false,
                                    "(id)",
                                    List.of(),
                                    Cost.NOTHING);
                };
        assertThat(POLICY.decide(remedy).permission()).isEqualTo(expected);
    }
}
