package org.howdah.proxy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/** The servers or logins of one loop. Loop thread only. */
final class Members<T> {

    private final Set<T> members = Collections.newSetFromMap(new IdentityHashMap<>());

    void add(T member) {
        members.add(member);
    }

    void remove(T member) {
        members.remove(member);
    }

    int size() {
        return members.size();
    }

    /** A copy, so that members may come and go while it is walked through. */
    List<T> all() {
        return new ArrayList<>(members);
    }
}
