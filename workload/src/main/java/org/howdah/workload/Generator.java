package org.howdah.workload;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** Where the value of a parameter comes from; mcp.yaml says how each is written. */
sealed interface Generator {

    Value next(RandomGenerator random, Source source);

    /** What generators draw on. */
    record Source(Population population, People people, Vocabulary vocabulary) {
        static Source of(Population population) {
            return new Source(population, new People(population), new Vocabulary(population));
        }
    }

    /** A generator of identifiers. */
    sealed interface Identifier extends Generator {
        long identifier(RandomGenerator random, Source source);

        @Override
        default Value next(RandomGenerator random, Source source) {
            return new Value.Whole(identifier(random, source));
        }
    }

    record BusyUser() implements Identifier {
        @Override
        public long identifier(RandomGenerator random, Source source) {
            return source.people().busyUser(random);
        }
    }

    record ScanningUser() implements Identifier {
        @Override
        public long identifier(RandomGenerator random, Source source) {
            return source.people().scanningUser(random);
        }
    }

    record Uniform(String table) implements Identifier {
        @Override
        public long identifier(RandomGenerator random, Source source) {
            return 1 + random.nextLong(source.population().rows(table));
        }
    }

    record Latest(String table, long within) implements Identifier {
        @Override
        public long identifier(RandomGenerator random, Source source) {
            long rows = source.population().rows(table);
            return rows - random.nextLong(Math.min(rows, within));
        }
    }

    /** Columns whose value follows from the identifier of the row, or of its user. */
    enum Derived {
        USERNAME("users.username"),
        EMAIL("users.email"),
        KEY_HASH("api_keys.key_hash"),
        TOKEN("sessions.token"),
        ADDRESS("security_events.source_ip");

        private final String column;

        Derived(String column) {
            this.column = column;
        }

        String column() {
            return column;
        }

        String of(long identifier, People people) {
            return switch (this) {
                case USERNAME -> people.username(identifier);
                case EMAIL -> people.email(identifier);
                case KEY_HASH -> people.keyHash(identifier);
                case TOKEN -> people.token(identifier);
                case ADDRESS -> People.dotted(people.address(identifier, 0));
            };
        }
    }

    record Column(Derived column, Identifier of) implements Generator {
        @Override
        public Value next(RandomGenerator random, Source source) {
            return new Value.Text(column.of(of.identifier(random, source), source.people()));
        }
    }

    /** Identifiers in ascending order, so that two bulk updates lock in the same order. */
    record Several(Identifier of, int size) implements Generator {
        @Override
        public Value next(RandomGenerator random, Source source) {
            TreeSet<Long> chosen = new TreeSet<>();
            for (int tries = 0; chosen.size() < size && tries < size * 10; tries++) {
                chosen.add(of.identifier(random, source));
            }
            return new Value.Wholes(List.copyOf(chosen));
        }
    }

    record Choice(Weighted<Value> values) implements Generator {
        @Override
        public Value next(RandomGenerator random, Source source) {
            return values.pick(random);
        }
    }

    record Ago(Weighted<Duration> distances) implements Generator {
        @Override
        public Value next(RandomGenerator random, Source source) {
            return new Value.Moment(source.population().anchor().minus(distances.pick(random)));
        }
    }

    record Day(int from, int to) implements Generator {
        @Override
        public Value next(RandomGenerator random, Source source) {
            Instant today = source.population().anchor().truncatedTo(ChronoUnit.DAYS);
            return new Value.Moment(today.minus(Duration.ofDays(random.nextInt(from, to + 1))));
        }
    }

    record Search() implements Generator {
        @Override
        public Value next(RandomGenerator random, Source source) {
            return new Value.Text(source.vocabulary().search(random));
        }
    }

    /** Values that depend on nothing but their weights. */
    static Generator choice(Map<Value, Double> weights) {
        return new Choice(new Weighted<>(weights));
    }
}
