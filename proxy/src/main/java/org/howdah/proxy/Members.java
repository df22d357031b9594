package org.howdah.proxy;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The servers or logins of one loop. Loop thread only. */
final class Members<T> {

    private final Map<T, Boolean> members = new IdentityHashMap<>();

    void add(T member) {
        members.put(member, true);
    }

    void remove(T member) {
        members.remove(member);
    }

    int size() {
        return members.size();
    }

    /** A copy, so that members may come and go while it is walked through. */
    List<T> all() {
        return new ArrayList<>(members.keySet());
    }
}
