package org.howdah.app;

import org.howdah.remedy.PlannedRemedy;
import org.howdah.remedy.RemedyOutcome;
import org.howdah.upkeep.Mended;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What {@code fix} would do or did, for programs. */
final class FixJson {
    private FixJson() {}

    static ObjectNode plan(String cluster, FixPlan plan) {
        ObjectNode document = document(cluster, false);
        ArrayNode remedies = document.putArray("remedies");
        for (FixPlan.Step step : plan.steps()) {
            ObjectNode json = remedies.addObject();
            planned(step.planned(), json);
            json.put("permission", Words.lower(step.decision().permission()));
        }
        ArrayNode byHand = document.putArray("byHand");
        plan.byHand().forEach(planned -> planned(planned, byHand.addObject()));
        ArrayNode dropped = document.putArray("dropped");
        plan.dropped()
                .forEach(one -> {
                    ObjectNode json = dropped.addObject();
                    planned(one.planned(), json);
                    json.put("reason", one.reason());
                });
        plan.unadvised().ifPresent(reason -> document.put("unadvised", reason));
        return document;
    }

    static ObjectNode outcome(String cluster, Mended mended) {
        ObjectNode document = document(cluster, true);
        document.put("stopped", mended.stopped());
        ArrayNode outcomes = document.putArray("outcomes");
        mended.outcomes().forEach(outcome -> outcome(outcome, outcomes.addObject()));
        return document;
    }

    private static ObjectNode document(String cluster, boolean applied) {
        ObjectNode document = JsonMapper.shared().createObjectNode();
        document.put("version", CheckJson.VERSION);
        document.put("howdah", Version.current());
        document.put("cluster", cluster);
        document.put("applied", applied);
        return document;
    }

    private static void planned(PlannedRemedy planned, ObjectNode json) {
        CheckJson.remedy(planned.remedy(), json);
        ArrayNode findings = json.putArray("findings");
        planned.findings()
                .forEach(finding -> {
                    ObjectNode one = findings.addObject();
                    one.put("check", finding.check());
                    one.put("severity", Words.lower(finding.severity()));
                    one.put("summary", finding.summary());
                });
    }

    private static void outcome(RemedyOutcome outcome, ObjectNode json) {
        planned(outcome.planned(), json);
        json.put("state", Words.lower(outcome.state()));
        json.put("reason", outcome.reason());
        json.put("tookSeconds", outcome.took().toMillis() / 1000.0);
        outcome.journalId().ifPresent(id -> json.put("journal", id));
        outcome.aim()
                .ifPresent(reading -> {
                    ObjectNode measure = json.putObject("measure");
                    measure.put("name", reading.measure());
                    measure.put("unit", Words.lower(reading.unit()));
                    reading.before().ifPresent(value -> measure.put("before", value));
                    reading.after().ifPresent(value -> measure.put("after", value));
                });
    }
}
