package org.howdah.pgbouncer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import org.howdah.proxy.Problem;
import org.howdah.proxy.Problems;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The format of https://www.pgbouncer.org/config.html#authentication-file-format */
class UserListTest {
    private final Problems problems = new Problems();

    private Map<String, String> users(String text) {
        return UserList.parse(text, "userlist.txt", problems).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, user -> user.getValue().value()));
    }

    @Test
    void readsUsersWithAllKindsOfSecrets() {
        assertThat(
                        users(
                                """
                                ; a comment
                                "plain" "pass word"

                                  "hash"\t"md545f2603610af569b6155c45067268c6b" "" ignored
                                "scram" "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy"\r
                                "say ""hi\""" "a""b;c#d"
                                "none" ""
                                "plain" "later"
                                """))
                .isEqualTo(
                        Map.of(
                                "plain", "later",
                                "hash", "md545f2603610af569b6155c45067268c6b",
                                "scram", "SCRAM-SHA-256$4096:c2FsdA==$c3RvcmVk:c2VydmVy",
                                "say \"hi\"", "a\"b;c#d",
                                "none", ""));
        assertThat(problems.all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "user hush",
                "\"user\"",
                "\"user\" hush",
                "\"user\" \"hush",
                "\"user",
                "\"\" \"hush\"",
                "# \"user\" \"hush\"",
            })
    void saysTheLineButNothingOfIt(String line) {
        assertThat(users("\"a\" \"b\"\n\n" + line + "\n\"c\" \"d\"\n")).containsOnlyKeys("a", "c");
        assertThat(problems.all())
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.weight()).isEqualTo(Problem.Weight.ERROR);
                    assertThat(problem.at()).hasToString("userlist.txt:3");
                    assertThat(problem.toString()).doesNotContain("hush");
                });
    }
}
