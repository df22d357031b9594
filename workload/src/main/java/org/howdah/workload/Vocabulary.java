package org.howdah.workload;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The words of vulnerability reports: a few hundred ordinary ones in sentences, and thousands of
 * component names of which most are rare, so that a search finds anything from a handful of rows to
 * a tenth of the table.
 */
final class Vocabulary {
    private static final String CONSONANTS = "bcdfgklmnprstvxz";
    private static final String VOWELS = "aeiou";

    private static final List<String> WEAKNESSES =
            List.of(
                    "buffer overflow",
                    "cross-site scripting",
                    "missing authorization check",
                    "path traversal",
                    "use after free",
                    "weak random numbers",
                    "unsafe deserialization",
                    "request forgery",
                    "integer underflow",
                    "open redirect",
                    "race condition",
                    "hard-coded credential",
                    "improper certificate validation",
                    "command injection",
                    "information leak",
                    "session fixation",
                    "uncontrolled recursion",
                    "privilege escalation");
    private static final List<String> PARTS =
            List.of(
                    "archive reader",
                    "login form",
                    "image decoder",
                    "template engine",
                    "update service",
                    "message broker",
                    "file upload",
                    "password reset",
                    "query parser",
                    "package resolver",
                    "metrics endpoint",
                    "kernel driver",
                    "backup agent",
                    "web console",
                    "certificate store",
                    "scheduler",
                    "log viewer",
                    "search index");
    private static final List<String> CAUSES =
            List.of(
                    "does not check the length of a field",
                    "trusts a header that any client can set",
                    "follows symbolic links outside its directory",
                    "keeps a pointer after the buffer was released",
                    "compares secrets in variable time",
                    "writes input into a page without escaping",
                    "accepts expired tokens",
                    "builds a shell command from a file name",
                    "reads a whole upload into memory",
                    "ships with a default password",
                    "logs credentials in clear text",
                    "skips validation on retries");
    private static final List<String> ACTORS =
            List.of(
                    "a remote attacker",
                    "a local user",
                    "an authenticated tenant",
                    "a neighbor on the same network",
                    "a malicious server",
                    "a crafted document");
    private static final List<String> EFFECTS =
            List.of(
                    "run code with the rights of the service",
                    "read files of other tenants",
                    "stop the process",
                    "take over a session",
                    "change records without a trace",
                    "exhaust the memory of the host",
                    "learn internal addresses",
                    "bypass the second factor");
    private static final List<String> ADVICE =
            List.of(
                    "Upgrade to a fixed release.",
                    "Disable the feature until a fix is installed.",
                    "Restrict access to trusted networks.",
                    "Rotate all keys after the upgrade.",
                    "No workaround is known.");

    private final String[] components;
    private final Zipf frequency;

    /** For a population: 4,000 component names, or fewer where few texts would meet each. */
    Vocabulary(Population population) {
        int count = (int) Math.clamp(population.rows("vulnerabilities") / 40, 50L, 4_000L);
        components = new String[count];
        frequency = new Zipf(count, 1.0);
        RandomGenerator random = Seeds.random(population.seed(), "components".hashCode(), 0);
        for (int i = 0; i < count; i++) {
            components[i] = invented(random) + Integer.toString(i % 10, 36);
        }
    }

    String title(RandomGenerator random) {
        String weakness = pick(WEAKNESSES, random);
        return Character.toUpperCase(weakness.charAt(0))
                + weakness.substring(1)
                + " in the "
                + pick(PARTS, random)
                + " of "
                + component(random);
    }

    String description(RandomGenerator random) {
        StringBuilder text = new StringBuilder(240);
        text.append("The ").append(pick(PARTS, random)).append(' ');
        text.append(pick(CAUSES, random)).append(", so ");
        text.append(pick(ACTORS, random)).append(" can ");
        text.append(pick(EFFECTS, random)).append(". Version ");
        text.append(random.nextInt(1, 9)).append('.').append(random.nextInt(20));
        text.append(" is affected.");
        if (random.nextInt(10) < 4) {
            text.append(' ').append(pick(ADVICE, random));
        }
        return text.toString();
    }

    /** A text search query: a component name that few rows have, at times with another word. */
    String search(RandomGenerator random) {
        String rare = components[random.nextInt(components.length / 20, components.length)];
        if (random.nextInt(10) < 7) {
            return rare;
        }
        String[] words = pick(WEAKNESSES, random).split("[ -]", -1);
        return rare + " & " + words[words.length - 1];
    }

    /** A machine's name. */
    String host(RandomGenerator random) {
        return component(random) + "-" + random.nextInt(1, 40) + ".internal.example";
    }

    private String component(RandomGenerator random) {
        return components[(int) frequency.rank(random) - 1];
    }

    static String invented(RandomGenerator random) {
        StringBuilder word = new StringBuilder(8);
        for (int i = 0; i < 3; i++) {
            word.append(CONSONANTS.charAt(random.nextInt(CONSONANTS.length())));
            word.append(VOWELS.charAt(random.nextInt(VOWELS.length())));
        }
        return word.toString();
    }

    private static String pick(List<String> words, RandomGenerator random) {
        return words.get(random.nextInt(words.size()));
    }
}
