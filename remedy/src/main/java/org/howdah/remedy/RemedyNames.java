package org.howdah.remedy;

import java.util.ArrayList;
import java.util.List;

/** The names under which a policy may mean a remedy's object. */
final class RemedyNames {
    private RemedyNames() {}

    static List<String> of(Remedy remedy) {
        List<String> names = new ArrayList<>();
        names.add(remedy.subject().name());
        if (remedy instanceof CreateIndex create) {
            names.add(create.table().toString());
        }
        if (!remedy.database().isEmpty()) {
            List.copyOf(names).forEach(name -> names.add(remedy.database() + "/" + name));
        }
        return names;
    }
}
