package org.howdah.workload;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The rows of each table. A row depends on the population and its number only, so the tables are
 * the same however many connections load them. Rows of tables that only grow stand in the order of
 * their time, give or take a few minutes.
 */
final class Rows {
    private static final long HISTORY_SECONDS = Population.HISTORY.toSeconds();

    private static final Weighted<String> ROLES =
            weighted("analyst", 60, "developer", 25, "auditor", 10, "admin", 5);
    private static final Weighted<String> EVENT_TYPES =
            weighted(
                    "login_success",
                    38,
                    "api_call",
                    24,
                    "login_failed",
                    17,
                    "mfa_challenge",
                    7,
                    "permission_denied",
                    6,
                    "password_change",
                    3,
                    "config_change",
                    2,
                    "data_export",
                    2,
                    "key_created",
                    0.7,
                    "malware_detected",
                    0.3);
    private static final Weighted<String> EVENT_SEVERITIES =
            weighted("info", 70, "low", 18, "medium", 8, "high", 3.2, "critical", 0.8);
    private static final Weighted<String> SEVERITIES =
            weighted("low", 34, "medium", 41, "info", 10, "high", 12.5, "critical", 2.5);
    private static final Weighted<String> SCAN_TYPES =
            weighted("dependency", 45, "container", 30, "network", 15, "web", 8, "cloud", 2);
    private static final Weighted<String> OLD_SCANS =
            weighted("completed", 91, "failed", 7, "cancelled", 2);
    private static final Weighted<String> NEW_SCANS =
            weighted("pending", 55, "running", 25, "completed", 20);
    private static final Weighted<String> VULNERABILITY_STATES =
            weighted("open", 30, "fixed", 50, "accepted", 12, "false_positive", 8);
    private static final Weighted<String> ACTIONS =
            weighted("read", 60, "update", 22, "create", 12, "delete", 4, "grant", 2);
    private static final Weighted<String> RESOURCES =
            weighted("scan", 40, "vulnerability", 35, "api_key", 12, "user", 10, "policy", 3);

    private final Population population;
    private final People people;
    private final Vocabulary vocabulary;

    Rows(Population population) {
        this.population = population;
        this.people = new People(population);
        this.vocabulary = new Vocabulary(population);
    }

    /** Appends the row to the buffer, columns in the order of {@link Table#columns()}. */
    void append(Table table, long id, CopyBuffer row) {
        RandomGenerator random = Seeds.random(population.seed(), ~table.name().hashCode(), id);
        row.row(table.columns().size());
        switch (table.name()) {
            case "users" -> user(id, random, row);
            case "sessions" -> session(id, random, row);
            case "api_keys" -> apiKey(id, random, row);
            case "vulnerability_scans" -> scan(id, random, row);
            case "vulnerabilities" -> vulnerability(id, random, row);
            case "security_events" -> event(id, random, row);
            case "audit_logs" -> auditLog(id, random, row);
            default -> throw new IllegalArgumentException("no rows for " + table.name());
        }
    }

    private void user(long id, RandomGenerator random, CopyBuffer row) {
        Instant created = before(Duration.ofDays(1_000), random);
        row.int8(id);
        row.text(people.username(id));
        row.text(people.email(id));
        row.text(ROLES.pick(random));
        row.bool(random.nextInt(100) < 92);
        row.time(created);
        if (random.nextInt(100) < 85) {
            row.time(before(Duration.between(created, population.anchor()), random));
        } else {
            row.none();
        }
        row.json("{\"theme\": \"" + (random.nextBoolean() ? "dark" : "light") + "\"}");
    }

    private void session(long id, RandomGenerator random, CopyBuffer row) {
        long user = people.busyUser(random);
        Instant created = before(Duration.ofDays(7), random);
        row.int8(id);
        row.int8(user);
        row.text(people.token(id));
        row.address(people.address(user, random.nextInt(3)));
        row.time(created);
        row.time(created);
        row.int4(random.nextInt(200));
        row.json("{\"page\": " + random.nextInt(40) + ", \"tab\": \"events\"}");
    }

    private void apiKey(long id, RandomGenerator random, CopyBuffer row) {
        Instant created = before(Population.HISTORY, random);
        row.int8(id);
        row.int8(1 + random.nextLong(population.rows("users")));
        row.text("key " + id);
        row.text(people.keyHash(id));
        row.bool(random.nextInt(100) < 80);
        row.time(created);
        if (random.nextInt(100) < 70) {
            row.time(created.plus(Duration.ofDays(365)));
        } else {
            row.none();
        }
        if (random.nextInt(100) < 60) {
            row.time(before(Duration.between(created, population.anchor()), random));
        } else {
            row.none();
        }
    }

    private void scan(long id, RandomGenerator random, CopyBuffer row) {
        long scans = population.rows("vulnerability_scans");
        boolean recent = id > scans - Math.max(10, scans / 100);
        Instant started = moment(id, scans, random);
        String status = (recent ? NEW_SCANS : OLD_SCANS).pick(random);
        Instant ended = started.plusSeconds(random.nextInt(30, 3_600));
        boolean open = status.equals("pending") || status.equals("running");
        row.int8(id);
        row.int8(people.scanningUser(random));
        row.text(SCAN_TYPES.pick(random));
        row.text(vocabulary.host(random));
        row.text(status);
        row.time(started);
        if (open) {
            row.none();
        } else {
            row.time(ended);
        }
        row.time(open ? started : ended);
        row.json("{\"depth\": " + random.nextInt(1, 6) + ", \"profile\": \"default\"}");
    }

    private void vulnerability(long id, RandomGenerator random, CopyBuffer row) {
        long count = population.rows("vulnerabilities");
        long scans = population.rows("vulnerability_scans");
        long scan = id * scans / count + random.nextInt(9) - 4;
        String severity = SEVERITIES.pick(random);
        row.int8(id);
        row.int8(Math.clamp(scan, 1L, scans));
        row.text(vocabulary.title(random));
        if (random.nextInt(100) < 93) {
            row.text(vocabulary.description(random));
        } else {
            row.none();
        }
        row.text(severity);
        score(severity, random, row);
        row.text(VULNERABILITY_STATES.pick(random));
        row.time(moment(id, count, random));
        row.json("{\"cwe\": " + random.nextInt(20, 1_400) + ", \"exploited\": false}");
    }

    /** Scores follow the bands of CVSS 3.1: critical from 9.0, high from 7.0, medium from 4.0. */
    private static void score(String severity, RandomGenerator random, CopyBuffer row) {
        switch (severity) {
            case "critical" -> row.tenths(random.nextInt(90, 101));
            case "high" -> row.tenths(random.nextInt(70, 90));
            case "medium" -> row.tenths(random.nextInt(40, 70));
            case "low" -> row.tenths(random.nextInt(1, 40));
            default -> row.none();
        }
    }

    private void event(long id, RandomGenerator random, CopyBuffer row) {
        long user = people.busyUser(random);
        String type = EVENT_TYPES.pick(random);
        row.int8(id);
        if (random.nextInt(100) < 8) {
            row.none();
        } else {
            row.int8(user);
        }
        row.text(type);
        row.text(EVENT_SEVERITIES.pick(random));
        row.address(people.address(user, random.nextInt(3)));
        row.text(type.replace('_', ' ') + " on node " + random.nextInt(1, 60));
        row.json("{\"agent\": \"cli\", \"ms\": " + random.nextInt(1, 900) + "}");
        row.time(moment(id, population.rows("security_events"), random));
    }

    private void auditLog(long id, RandomGenerator random, CopyBuffer row) {
        row.int4(Math.toIntExact(id));
        row.int8(people.busyUser(random));
        row.text(ACTIONS.pick(random));
        row.text(RESOURCES.pick(random));
        row.int8(random.nextLong(1, 100_000));
        row.json("{\"via\": \"" + (random.nextInt(4) == 0 ? "console" : "api") + "\"}");
        row.time(moment(id, population.rows("audit_logs"), random));
    }

    /**
     * Evenly along the history by number, up to five minutes late or early, never in the future.
     */
    private Instant moment(long id, long count, RandomGenerator random) {
        long step = Math.round((double) (count - id) / count * HISTORY_SECONDS);
        long millis = step * 1_000 + random.nextInt(-300_000, 300_000);
        return population.anchor().minusMillis(Math.max(0, millis));
    }

    private Instant before(Duration most, RandomGenerator random) {
        return population.anchor().minusMillis(random.nextLong(most.toMillis() + 1));
    }

    private static Weighted<String> weighted(Object... pairs) {
        Map<String, Double> weights = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            weights.put((String) pairs[i], ((Number) pairs[i + 1]).doubleValue());
        }
        return new Weighted<>(weights);
    }
}
