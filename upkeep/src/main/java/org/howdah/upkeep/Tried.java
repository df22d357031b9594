package org.howdah.upkeep;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.howdah.remedy.CreateIndex;
import org.howdah.remedy.DropIndex;
import org.howdah.remedy.PlannedRemedy;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.SetSetting;
import org.howdah.remedy.Subject;

/** What one run has tried so far, and what it must not do any more for that reason. */
final class Tried {
    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[^\\s\".]+)";

    /** As pg_get_indexdef writes it. */
    private static final Pattern DEFINITION =
            Pattern.compile(
                    "CREATE (?:UNIQUE )?INDEX %1$s ON (?:ONLY )?(%1$s\\.%1$s) USING .*"
                            .formatted(NAME),
                    Pattern.DOTALL);

    private final Set<List<String>> statements = new HashSet<>();
    private final Set<Subject> built = new HashSet<>();
    private final Set<Subject> set = new HashSet<>();
    private final Set<Optional<String>> relieved = new HashSet<>();

    void add(PlannedRemedy planned) {
        Remedy remedy = planned.remedy();
        statements.add(remedy.statements());
        switch (remedy) {
            case CreateIndex create -> built.add(create.subject());
            case SetSetting setting -> set.add(setting.subject());
            case DropIndex drop when reasons(planned).stream().anyMatch(Tried::leavesStandIn) ->
                    relieved.add(table(drop));
            default -> {}
        }
    }

    /**
     * Nothing twice; no setting twice, to whatever value; no index that is so new that nobody can
     * have used it; and none as unused whose table has just lost another that it stands in for.
     */
    boolean allows(PlannedRemedy planned) {
        Remedy remedy = planned.remedy();
        return !statements.contains(remedy.statements())
                && switch (remedy) {
                    case SetSetting setting -> !set.contains(setting.subject());
                    case DropIndex drop ->
                            !built.contains(drop.subject())
                                    && !(reasons(planned).equals(Set.of(DropIndex.Reason.UNUSED))
                                            && relieved.contains(table(drop)));
                    default -> true;
                };
    }

    /** Of all findings that ask for the same drop, of which the plan keeps one remedy. */
    private static Set<DropIndex.Reason> reasons(PlannedRemedy planned) {
        return Stream.concat(
                        Stream.of(planned.remedy()),
                        planned.findings().stream().flatMap(it -> it.remedies().stream()))
                .filter(remedy -> remedy.subject().equals(planned.remedy().subject()))
                .filter(DropIndex.class::isInstance)
                .map(remedy -> ((DropIndex) remedy).reason())
                .collect(Collectors.toSet());
    }

    private static boolean leavesStandIn(DropIndex.Reason reason) {
        return reason == DropIndex.Reason.DUPLICATE || reason == DropIndex.Reason.REDUNDANT;
    }

    /** With its database; none where the definition is not understood, all of which are one. */
    private static Optional<String> table(DropIndex drop) {
        Matcher matcher = DEFINITION.matcher(drop.definition());
        return matcher.matches()
                ? Optional.of(drop.database() + " " + matcher.group(1))
                : Optional.empty();
    }
}
