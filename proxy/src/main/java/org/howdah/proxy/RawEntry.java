package org.howdah.proxy;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A database, a user or a peer as it was written: its values by key. */
public record RawEntry(String name, Position at, Map<String, RawValue> values) {

    public RawEntry {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }
}
