package org.howdah.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages of the checks: one for each, all of one shape, and an index of them. */
class CheckPagesTest {
    private static final Path PAGES = Path.of("..", "docs", "checks");
    private static final List<String> SECTIONS =
            List.of("## What", "## Why", "## Evidence", "## Remedy", "## Source");

    @Test
    void every_check_has_a_page_and_every_page_a_check() {
        assertThat(pages()).containsExactlyInAnyOrderElementsOf(ids());
    }

    @Test
    void identifiers_are_kebab_case_and_unique() {
        assertThat(ids())
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("[a-z0-9]+(-[a-z0-9]+)*"));
    }

    @Test
    void every_page_has_the_same_sections_and_a_source() {
        for (String page : pages()) {
            List<String> lines = read(PAGES.resolve(page + ".md")).lines().toList();
            assertThat(lines.getFirst()).as(page).isEqualTo("# " + page);
            assertThat(lines.stream().filter(line -> line.startsWith("## ")).toList())
                    .as(page)
                    .isEqualTo(SECTIONS);
            assertThat(lines.get(2)).as(page).endsWith(".");
            assertThat(lines.subList(lines.indexOf("## Source"), lines.size()))
                    .as(page)
                    .anyMatch(line -> line.contains("https://"));
        }
    }

    @Test
    void the_index_lists_the_checks_in_their_order_with_the_first_sentence_of_their_pages() {
        String index = read(PAGES.resolve("README.md"));
        String expected =
                ids().stream()
                        .map(id -> "- [%s](%s.md): %s".formatted(id, id, title(id)))
                        .collect(Collectors.joining("\n"));
        assertThat(
                        index.lines()
                                .filter(line -> line.startsWith("- ["))
                                .collect(Collectors.joining("\n")))
                .isEqualTo(expected);
    }

    /** The sentence under the heading. */
    private static String title(String id) {
        return read(PAGES.resolve(id + ".md")).lines().skip(2).findFirst().orElse("");
    }

    private static List<String> ids() {
        return Checks.all().stream().map(Check::id).toList();
    }

    private static List<String> pages() {
        try (Stream<Path> files = Files.list(PAGES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".md") && !name.equals("README.md"))
                    .map(name -> name.substring(0, name.length() - ".md".length()))
                    .sorted()
                    .toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
