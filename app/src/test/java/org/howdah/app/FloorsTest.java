package org.howdah.app;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The house of docs/architecture.md: a room imports rooms on lower floors only. */
class FloorsTest {
    private static final Map<String, Integer> FLOORS =
            Map.ofEntries(
                    Map.entry("report", 0),
                    Map.entry("sql", 0),
                    Map.entry("embedded", 0),
                    Map.entry("transport", 0),
                    Map.entry("wire", 0),
                    Map.entry("postgres", 1),
                    Map.entry("cluster", 2),
                    Map.entry("workload", 2),
                    Map.entry("repository", 3),
                    Map.entry("proxy", 3),
                    Map.entry("pgbouncer", 4),
                    Map.entry("remedy", 4),
                    Map.entry("check", 5),
                    Map.entry("advisor", 6),
                    Map.entry("upkeep", 7),
                    Map.entry("rehearsal", 8),
                    Map.entry("app", 9));

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("org.howdah");
    }

    private static String room(JavaClass type) {
        String rest = type.getPackageName().substring("org.howdah.".length());
        int dot = rest.indexOf('.');
        return dot < 0 ? rest : rest.substring(0, dot);
    }

    private static boolean ours(JavaClass type) {
        return type.getPackageName().startsWith("org.howdah.");
    }

    @Test
    void everyRoomHasAFloorAndClasses() {
        assertThat(classes.stream().map(FloorsTest::room).collect(Collectors.toSet()))
                .isEqualTo(FLOORS.keySet());
    }

    @Test
    void aRoomIsOneFlatPackage() {
        assertThat(classes.stream().map(JavaClass::getPackageName).distinct())
                .allMatch(name -> name.matches("org\\.howdah\\.[a-z]+"));
    }

    @Test
    void aRoomImportsLowerFloorsOnly() {
        List<String> wrong = new ArrayList<>();
        for (JavaClass type : classes) {
            for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                JavaClass target = dependency.getTargetClass().getBaseComponentType();
                if (ours(target) && !room(target).equals(room(type))) {
                    int from = FLOORS.getOrDefault(room(type), -1);
                    int to = FLOORS.getOrDefault(room(target), 100);
                    if (to >= from) {
                        wrong.add(dependency.getDescription());
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void roomsHaveNoCycles() {
        slices().matching("org.howdah.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void thisTestCanFail() {
        // report is below app: from above, the same imports would be wrong.
        Stream<Dependency> fromApp =
                classes.stream()
                        .filter(type -> room(type).equals("app"))
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream());
        assertThat(fromApp)
                .anyMatch(dependency ->
                        ours(dependency.getTargetClass())
                                && room(dependency.getTargetClass()).equals("report"));
    }
}
