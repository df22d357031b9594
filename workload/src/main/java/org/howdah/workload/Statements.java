package org.howdah.workload;

import java.util.List;
import java.util.Map;

/** The workload's SQL under the names of one server, ready for the driver. */
public final class Statements {
    private final Workload workload;
    private final List<List<Placeholders>> texts;
    private final List<List<String>> resolved;

    public Statements(Workload workload, Names names) {
        this.workload = workload;
        this.resolved =
                workload.transactions().stream()
                        .map(each -> each.templates().stream().map(names::resolve).toList())
                        .toList();
        this.texts =
                resolved.stream()
                        .map(each -> each.stream().map(Placeholders::parse).toList())
                        .toList();
    }

    Workload workload() {
        return workload;
    }

    Transaction transaction(int position) {
        return workload.transactions().get(position);
    }

    List<Placeholders> of(int position) {
        return texts.get(position);
    }

    /** The SQL of a request with its values written into it: to be read or explained. */
    public List<String> literal(Request request) {
        Map<String, Value> values = request.values();
        return resolved.get(request.position()).stream()
                .map(text -> Placeholders.filled(text, values))
                .toList();
    }
}
