package org.howdah.check;

import org.howdah.postgres.SlotFact;
import org.howdah.remedy.Subject;

/** How findings speak of replication slots. */
final class Slots {
    private Slots() {}

    static Subject subject(SlotFact slot) {
        return new Subject(Subject.Kind.SLOT, slot.database().orElse(""), slot.name());
    }

    static String drop(SlotFact slot) {
        return "SELECT pg_catalog.pg_drop_replication_slot('" + slot.name() + "')";
    }
}
