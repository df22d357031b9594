package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.howdah.proxy.SettingKey.Scope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettingKeysTest {
    /** Keys of PgBouncer that have a default here although PgBouncer's table has none. */
    private static final Set<String> NULL_THERE = Set.of("verbose");

    private static List<String> pgbouncers() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(
                        SettingKeysTest.class.getResourceAsStream("pgbouncer-keys.txt"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        }
    }

    @Test
    void hasEveryKeyOfPgBouncerWithItsDefault() throws IOException {
        assertThat(pgbouncers())
                .hasSizeGreaterThan(90)
                .allSatisfy(line -> {
                    String[] fields = line.split("\\|", -1);
                    SettingKey<?> key = SettingKeys.find(Scope.GLOBAL, fields[0]).orElseThrow();
                    assertThat(key.own()).isFalse();
                    assertThat(key.changeable()).as(fields[0]).isEqualTo(fields[2].equals("yes"));
                    assertThat(key.kept()).as(fields[0]).isEqualTo(fields[3].equals("no"));
                    if (!NULL_THERE.contains(fields[0])) {
                        assertThat(key.fallback()).as(fields[0]).isEqualTo(fields[1]);
                    }
                });
    }

    @Test
    void whatIsNotPgBouncersIsOurs() throws IOException {
        List<String> theirs = pgbouncers().stream().map(line -> line.split("\\|", -1)[0]).toList();
        assertThat(SettingKeys.of(Scope.GLOBAL))
                .filteredOn(key -> !theirs.contains(key.name()))
                .allMatch(key -> key.own() || key.name().equals("service_name"));
    }

    @ParameterizedTest
    @EnumSource
    void namesAreUniqueAndDefaultsRight(Scope scope) {
        List<SettingKey<?>> keys = SettingKeys.of(scope);
        assertThat(keys).extracting(SettingKey::name).doesNotHaveDuplicates().isSorted();
        assertThat(keys)
                .allSatisfy(key -> {
                    assertThat(key.description()).endsWith(".").isNotBlank();
                    assertThat(key.ineffective()).doesNotEndWith(".");
                    if (scope == Scope.GLOBAL) {
                        assertThat(key.value(key.fallback())).isNotNull();
                    }
                });
    }

    @Test
    void noKeyOfAFilesOwnPartsIsTaken() {
        assertThat(
                        Stream.of("databases", "users", "peers")
                                .filter(name -> SettingKeys.find(Scope.GLOBAL, name).isPresent()))
                .isEmpty();
    }

    @Test
    void suggestsTheNearestKeyOrThePlaceOfAnother() {
        assertThat(SettingKeys.suggestion(Scope.GLOBAL, "pool_mod"))
                .isEqualTo("Did you mean pool_mode?");
        assertThat(SettingKeys.suggestion(Scope.USER, "connect_query"))
                .isEqualTo("It is a key of a database");
        assertThat(SettingKeys.suggestion(Scope.USER, "zzzzzzzzzz"))
                .contains("docs/proxy-settings.md");
    }
}
