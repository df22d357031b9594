package org.howdah.workload;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One call of a transaction.
 *
 * @param position of the transaction in the workload
 * @param values by parameter name
 */
public record Request(int position, Map<String, Value> values) {
    public Request {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
