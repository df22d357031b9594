package org.howdah.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.howdah.proxy.SettingKey.Scope;
import org.junit.jupiter.api.Test;

/** docs/proxy-settings.md has the tables that the table of keys makes. */
class SettingsPageTest {
    private static final Path PAGE = Path.of("../docs/proxy-settings.md");

    private static String table(Scope scope, Predicate<SettingKey<?>> which) {
        return SettingKeys.of(scope).stream()
                .filter(which)
                .map(SettingsPageTest::row)
                .collect(
                        Collectors.joining(
                                "",
                                "| key | type | default | what it is |\n|---|---|---|---|\n",
                                ""));
    }

    private static String row(SettingKey<?> key) {
        return "| `%s`%s | %s | %s | %s%s |\n"
                .formatted(
                        key.name(),
                        key.changeable() ? "" : " ↻",
                        key.type().name(),
                        key.fallback().isEmpty() ? "" : "`" + key.fallback() + "`",
                        key.description(),
                        key.ineffective().isEmpty()
                                ? ""
                                : " **Without effect**: " + key.ineffective() + ".");
    }

    private static final Predicate<SettingKey<?>> OWN = SettingKey::own;
    private static final Predicate<SettingKey<?>> EFFECTIVE = key -> key.ineffective().isEmpty();

    @Test
    void showsEveryKey() throws IOException {
        String page = Files.readString(PAGE);
        List<String> tables =
                List.of(
                        table(Scope.GLOBAL, OWN.negate().and(EFFECTIVE)),
                        table(Scope.GLOBAL, OWN),
                        table(Scope.GLOBAL, EFFECTIVE.negate()),
                        table(Scope.DATABASE, _ -> true),
                        table(Scope.USER, _ -> true));
        // To bring the page up to date, copy the tables from here.
        Files.writeString(Path.of("target", "proxy-settings-tables.md"), String.join("\n", tables));
        assertThat(tables).allSatisfy(table -> assertThat(page).contains("\n\n" + table));
    }
}
