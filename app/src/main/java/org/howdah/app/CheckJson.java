package org.howdah.app;

import java.util.List;
import org.howdah.check.CheckResult;
import org.howdah.check.Outcome;
import org.howdah.postgres.Catalog;
import org.howdah.remedy.Finding;
import org.howdah.remedy.Measure;
import org.howdah.remedy.Picture;
import org.howdah.remedy.Remedy;
import org.howdah.remedy.Severity;
import org.howdah.remedy.Subject;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Examinations for programs; {@code docs/check-json.md} describes every field. Fields are added
 * without a new version, changed or removed only with one.
 */
final class CheckJson {
    static final int VERSION = 1;

    private CheckJson() {}

    static ObjectNode of(Examinations examinations) {
        ObjectNode document = JsonMapper.shared().createObjectNode();
        document.put("version", VERSION);
        document.put("howdah", Version.current());
        ArrayNode clusters = document.putArray("clusters");
        examinations.made().forEach(made -> cluster(made, clusters.addObject()));
        ArrayNode failed = document.putArray("failed");
        examinations
                .failed()
                .forEach(one -> {
                    ObjectNode json = failed.addObject();
                    json.put("cluster", one.cluster());
                    json.put("reason", one.reason());
                    json.put("hint", one.failure().hint());
                });
        return document;
    }

    private static void cluster(Examination examination, ObjectNode json) {
        json.put("cluster", examination.cluster());
        json.put("checkedAt", examination.at().toString());
        json.put("tookSeconds", examination.took().toMillis() / 1000.0);
        ArrayNode nodes = json.putArray("nodes");
        examination.nodes().forEach(node -> node(node, nodes.addObject()));
        ArrayNode unreachable = json.putArray("unreachable");
        examination.checkup().facts().unreachable().forEach(unreachable::add);
        ObjectNode summary = json.putObject("summary");
        for (Severity severity : Severity.values()) {
            summary.put(Words.lower(severity), examination.count(severity));
        }
        summary.put("fine", examination.fine().size());
        summary.put("notChecked", examination.checkup().notChecked().size());
        ArrayNode findings = json.putArray("findings");
        examination.checkup().findings().forEach(one -> finding(one, findings.addObject()));
        ArrayNode notChecked = json.putArray("notChecked");
        examination.checkup().notChecked().forEach(one -> notChecked(one, notChecked));
        ArrayNode fine = json.putArray("fine");
        examination.fine().forEach(fine::add);
    }

    private static void node(Catalog node, ObjectNode json) {
        json.put("dsn", node.node());
        json.put("serverVersion", node.version().toString());
        json.put("role", node.inRecovery() ? "reader" : "writer");
        json.put("platform", Words.lower(node.server().platform()));
    }

    private static void finding(Finding finding, ObjectNode json) {
        json.put("check", finding.check());
        json.put("severity", Words.lower(finding.severity()));
        subject(finding.subject(), json.putObject("subject"));
        json.put("summary", finding.summary());
        json.put("why", finding.why());
        ArrayNode measures = json.putArray("measures");
        finding.measures().forEach(measure -> measure(measure, measures.addObject()));
        finding.picture().ifPresent(picture -> picture(picture, json.putObject("picture")));
        ArrayNode remedies = json.putArray("remedies");
        finding.remedies().forEach(remedy -> remedy(remedy, remedies.addObject()));
    }

    static void subject(Subject subject, ObjectNode json) {
        json.put("kind", Words.lower(subject.kind()));
        json.put("database", subject.database());
        json.put("name", subject.name());
    }

    private static void measure(Measure measure, ObjectNode json) {
        json.put("name", measure.name());
        json.put("value", measure.value());
        json.put("unit", Words.lower(measure.unit()));
        measure.threshold().ifPresent(threshold -> json.put("threshold", threshold));
    }

    private static void picture(Picture picture, ObjectNode json) {
        json.put("title", picture.title());
        switch (picture) {
            case Picture.Share share -> {
                json.put("kind", "share").put("unit", Words.lower(share.unit()));
                parts(share.parts(), json.putArray("parts"));
            }
            case Picture.Ranking ranking -> {
                json.put("kind", "ranking").put("unit", Words.lower(ranking.unit()));
                parts(ranking.bars(), json.putArray("parts"));
            }
        }
    }

    private static void parts(List<Picture.Part> parts, ArrayNode json) {
        parts.forEach(part -> json.addObject().put("name", part.name()).put("value", part.value()));
    }

    static void remedy(Remedy remedy, ObjectNode json) {
        json.put("kind", remedy.kind());
        subject(remedy.subject(), json.putObject("subject"));
        ArrayNode statements = json.putArray("statements");
        remedy.statements().forEach(statements::add);
        ObjectNode lock = json.putObject("lock");
        lock.put("mode", remedy.lock().mode().sql());
        lock.put("hold", Words.lower(remedy.lock().hold()));
        ObjectNode cost = json.putObject("cost");
        cost.put("readBytes", remedy.cost().readBytes());
        cost.put("writtenBytes", remedy.cost().writtenBytes());
        cost.put("walBytes", remedy.cost().walBytes());
        cost.put("diskBytes", remedy.cost().diskBytes());
        ArrayNode undo = json.putArray("undo");
        remedy.undo().forEach(undo::add);
    }

    private static void notChecked(CheckResult result, ArrayNode json) {
        if (result.outcome() instanceof Outcome.NotChecked gap) {
            ObjectNode one = json.addObject();
            one.put("check", result.check());
            one.put("reason", gap.reason());
            gap.grant().ifPresent(grant -> one.put("grant", grant));
        }
    }
}
