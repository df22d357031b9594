package org.howdah.workload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * A kind of request of the workload: one statement, or several in one database transaction.
 *
 * @param name what results call it
 * @param weight its share among the others
 * @param templates SQL with places for names and parameters
 * @param parameters by name
 */
public record Transaction(
        String name,
        double weight,
        Kind kind,
        List<String> templates,
        Map<String, Generator> parameters) {

    /** What a transaction does, which says where it may run. */
    public enum Kind {
        READ,
        WRITE,
        /** A read that may be a little behind: it is sent to a reader where there is one. */
        REPORT
    }

    public Transaction {
        templates = List.copyOf(templates);
        // Map.copyOf would lose the order, and with it the values that a seed gives.
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** The values of one request. */
    Map<String, Value> values(RandomGenerator random, Generator.Source source) {
        Map<String, Value> values = new LinkedHashMap<>();
        parameters.forEach((name, generator) -> values.put(name, generator.next(random, source)));
        return values;
    }
}
