package org.howdah.pgbouncer;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.howdah.postgres.NearestName;
import org.howdah.proxy.Position;
import org.howdah.proxy.Problems;
import org.howdah.proxy.Quoted;
import org.howdah.proxy.RawEntry;
import org.howdah.proxy.RawSettings;
import org.howdah.proxy.RawValue;
import org.howdah.proxy.SettingKey;
import org.howdah.proxy.SettingKeys;

/** Gathers what an ini file says, section by section. */
final class IniSections {
    private static final String MAIN = "pgbouncer";
    private static final List<String> NAMES = List.of("databases", "users", "peers", MAIN);

    private final String file;
    private final TrailingRemark remarks;
    private final Problems problems;

    private final Map<String, RawValue> global = new LinkedHashMap<>();
    private final Map<String, RawEntry> databases = new LinkedHashMap<>();
    private final Map<String, RawEntry> users = new LinkedHashMap<>();
    private final Map<String, RawEntry> peers = new LinkedHashMap<>();

    private Optional<String> section = Optional.empty();
    private boolean skipping;
    private boolean hasMain;

    IniSections(String file, Path directory, Problems problems) {
        this.file = file;
        this.remarks = new TrailingRemark(directory, problems);
        this.problems = problems;
    }

    void begin(String name, Position at) {
        skipping = !NAMES.contains(name);
        section = Optional.of(name);
        if (skipping) {
            problems.error(
                    at,
                    "there is no section [%s]".formatted(unquoted(name)),
                    NearestName.of(name, NAMES)
                            .map(nearest -> "Did you mean [" + nearest + "]?")
                            .orElse("The sections are: " + String.join(", ", NAMES)));
        }
        if (name.equals(MAIN)) {
            if (hasMain) {
                forget(at);
            }
            hasMain = true;
        }
    }

    private static String unquoted(String name) {
        String quoted = Quoted.of(name);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** The next lines belong to no section that could be understood. */
    void skip() {
        skipping = true;
    }

    /** PgBouncer gives most keys their defaults again wherever the section begins. */
    private void forget(Position at) {
        List<String> forgotten =
                global.keySet().stream()
                        .filter(name ->
                                SettingKeys.find(SettingKey.Scope.GLOBAL, name)
                                        .filter(key -> !key.kept())
                                        .isPresent())
                        .toList();
        if (!forgotten.isEmpty()) {
            forgotten.forEach(global::remove);
            problems.warning(
                    at,
                    "the section [pgbouncer] begins again, and what was set before is forgotten, as in PgBouncer: "
                            + String.join(", ", forgotten),
                    "Leave out this line");
        }
    }

    void pair(String key, String text, Position at) {
        if (skipping) {
            return;
        }
        switch (section.orElse("")) {
            case MAIN -> global(key, text, at);
            case "databases" -> entry(databases, "database", key, text, at);
            case "users" -> entry(users, "user", key, text, at);
            case "peers" -> entry(peers, "peer", key, text, at);
            default ->
                    problems.error(
                            at,
                            "this line stands before the first section",
                            "Put [pgbouncer] or [databases] above it");
        }
    }

    private void global(String key, String text, Position at) {
        RawValue before = global.put(key, new RawValue(remarks.cut(key, text, at), at));
        if (before != null) {
            problems.warning(
                    at,
                    "%s is set again; what %s said is not used"
                            .formatted(unquoted(key), before.at()),
                    "Remove one of the two");
        }
    }

    private void entry(
            Map<String, RawEntry> entries, String kind, String name, String text, Position at) {
        String owner = kind + " " + Quoted.of(name);
        Optional<Map<String, RawValue>> values = ConnectionString.parse(text, owner, at, problems);
        RawEntry before = entries.put(name, new RawEntry(name, at, values.orElse(Map.of())));
        if (before != null) {
            problems.warning(
                    at,
                    "%s is written again; what %s said is not used".formatted(owner, before.at()),
                    "Remove one of the two");
        }
    }

    RawSettings settings() {
        if (!hasMain) {
            problems.error(
                    new Position(file, 0),
                    "the section [pgbouncer] is missing",
                    "Add the line [pgbouncer], with the settings of the proxy below");
        }
        return new RawSettings(file, global, databases, users, peers);
    }
}
