package org.howdah.app;

import java.util.List;
import org.howdah.remedy.JournalEntry;
import org.howdah.remedy.JournalStatement;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The journal for programs. */
final class JournalJson {
    private JournalJson() {}

    static ObjectNode of(List<JournalEntry> entries) {
        ObjectNode document = JsonMapper.shared().createObjectNode();
        document.put("version", CheckJson.VERSION);
        ArrayNode all = document.putArray("entries");
        entries.forEach(entry -> all.add(of(entry)));
        return document;
    }

    static ObjectNode of(JournalEntry entry) {
        ObjectNode json = JsonMapper.shared().createObjectNode();
        json.put("id", entry.id());
        json.put("cluster", entry.cluster());
        json.put("kind", entry.kind());
        CheckJson.subject(entry.subject(), json.putObject("subject"));
        json.put("state", Words.lower(entry.state()));
        json.put("reason", entry.reason());
        json.put("finding", entry.finding());
        json.put("findingSummary", entry.findingSummary());
        json.put("allowedBy", entry.allowedBy());
        json.put("lock", entry.lockMode().sql());
        json.put("plannedAt", entry.plannedAt().toString());
        entry.startedAt().ifPresent(at -> json.put("startedAt", at.toString()));
        entry.endedAt().ifPresent(at -> json.put("endedAt", at.toString()));
        entry.aim().ifPresent(reading -> reading(reading, json.putObject("measure")));
        entry.guards().forEach(json.putArray("guards")::add);
        entry.undo().forEach(json.putArray("undo")::add);
        json.put("canBeUndone", entry.canBeUndone());
        entry.undoOf().ifPresent(id -> json.put("undoOf", id));
        entry.undoneBy().ifPresent(id -> json.put("undoneBy", id));
        ArrayNode statements = json.putArray("statements");
        entry.statements().forEach(statement -> statement(statement, statements.addObject()));
        return json;
    }

    private static void reading(JournalEntry.Reading reading, ObjectNode json) {
        json.put("name", reading.measure());
        json.put("unit", Words.lower(reading.unit()));
        reading.before().ifPresent(before -> json.put("before", before));
        reading.after().ifPresent(after -> json.put("after", after));
    }

    private static void statement(JournalStatement statement, ObjectNode json) {
        json.put("position", statement.position());
        json.put("statement", statement.statement());
        json.put("attempt", statement.attempt());
        json.put("outcome", Words.lower(statement.outcome()));
        json.put("startedAt", statement.startedAt().toString());
        statement.endedAt().ifPresent(at -> json.put("endedAt", at.toString()));
        json.put("lock", statement.lockMode().sql());
        json.put("waitedMs", statement.waited().toMillis());
        json.put("heldMs", statement.held().toMillis());
        if (!statement.sqlState().isEmpty()) {
            json.put("sqlState", statement.sqlState());
            json.put("message", statement.message());
        }
    }
}
