package org.howdah.postgres;

import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A catalogue query and the record that a row of it becomes: columns are matched with the record's
 * components by name ({@code dead_tuples} with {@code deadTuples}). Differences between PostgreSQL
 * majors live here: each text holds from its major on.
 *
 * <p>{@code {pg_stat_statements}} in a text stands for that extension's schema, quoted.
 */
public final class Query<T> {
    private final NavigableMap<Integer, String> textByMajor;
    private final RowMapper<T> mapper;
    private final Optional<String> grant;

    private Query(
            NavigableMap<Integer, String> textByMajor,
            RowMapper<T> mapper,
            Optional<String> grant) {
        this.textByMajor = textByMajor;
        this.mapper = mapper;
        this.grant = grant;
    }

    public static <T extends Record> Query<T> of(Class<T> type, String sql) {
        NavigableMap<Integer, String> texts = new TreeMap<>();
        texts.put(ServerVersion.OLDEST_MAJOR, sql);
        return new Query<>(texts, RecordMapper.of(type), Optional.empty());
    }

    /** The same query with another text from this major on. */
    public Query<T> from(int major, String sql) {
        NavigableMap<Integer, String> texts = new TreeMap<>(textByMajor);
        texts.put(major, sql);
        return new Query<>(texts, mapper, grant);
    }

    /** The grant that lets a plain role run this query; {@code {role}} stands for the role. */
    public Query<T> needing(String grantStatement) {
        return new Query<>(textByMajor, mapper, Optional.of(grantStatement));
    }

    /** The text for a server of this version; servers older than the oldest text get the oldest. */
    public String text(ServerVersion version) {
        var entry = textByMajor.floorEntry(version.major());
        return entry == null ? textByMajor.firstEntry().getValue() : entry.getValue();
    }

    public RowMapper<T> mapper() {
        return mapper;
    }

    /** The grant that lets this role run the query, where one would. */
    public Optional<String> grant(String role) {
        return grant.map(statement -> statement.replace("{role}", QualifiedName.quote(role)));
    }
}
