package org.howdah.rehearsal;

import java.util.List;
import java.util.OptionalLong;
import org.howdah.remedy.Finding;
import org.howdah.remedy.JournalEntry;
import org.howdah.remedy.JournalStatement;
import tools.jackson.databind.json.JsonMapper;

/** A tour's result for programs. */
public final class TourJson {
    private TourJson() {}

    /** The fields of the document, in their order. */
    private record Document(
            int format,
            String version,
            String startedAt,
            double seconds,
            double scale,
            OptionalLong rename,
            boolean reached,
            List<Figure> figures,
            Measurement before,
            Measurement after,
            List<String> faults,
            List<Found> findings,
            List<Done> journal,
            List<Found> remaining) {}

    private record Found(String check, String severity, String subject, String summary) {
        static Found of(Finding finding) {
            return new Found(
                    finding.check(),
                    finding.severity().name(),
                    finding.subject().toString(),
                    finding.summary());
        }
    }

    private record Done(
            long id,
            String kind,
            String subject,
            String because,
            String state,
            String reason,
            List<String> statements) {
        static Done of(JournalEntry entry) {
            return new Done(
                    entry.id(),
                    entry.kind(),
                    entry.subject().toString(),
                    entry.findingSummary(),
                    entry.state().name(),
                    entry.reason(),
                    entry.statements().stream().map(JournalStatement::statement).toList());
        }
    }

    /** {@code format} is raised whenever a field is renamed or removed. */
    public static String render(TourResult result) {
        Document document =
                new Document(
                        1,
                        result.version(),
                        result.startedAt().toString(),
                        result.took().toMillis() / 1000.0,
                        result.scale(),
                        result.rename(),
                        result.reached(),
                        result.figures(),
                        result.before(),
                        result.after(),
                        result.faults(),
                        result.findings().stream().map(Found::of).toList(),
                        result.journal().stream().map(Done::of).toList(),
                        result.remaining().stream().map(Found::of).toList());
        return JsonMapper.builder()
                .build()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(document);
    }
}
