package org.howdah.remedy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.howdah.postgres.ExitCode;
import org.howdah.postgres.HowdahException;
import org.howdah.postgres.QualifiedName;
import org.howdah.postgres.Session;

/** Takes back what a journal entry says was done. */
final class Undo implements Procedure {
    private static final Set<String> INDEX_KINDS = Set.of("create-index", "drop-index");
    private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[^\\s.\"]+)";

    /** As pg_get_indexdef writes it: the index without its schema, the table with it. */
    private static final Pattern CREATION =
            Pattern.compile(
                    "CREATE (?:UNIQUE )?INDEX (?:CONCURRENTLY )?"
                            + NAME
                            + " ON (?:ONLY )?"
                            + NAME
                            + "\\."
                            + NAME
                            + " .*",
                    Pattern.DOTALL);

    private final JournalEntry entry;
    private final Journal.Trace trace;
    private final MadeIndexes made = new MadeIndexes();

    private Undo(JournalEntry entry, Journal.Trace trace) {
        this.entry = entry;
        this.trace = trace;
    }

    static Undo of(JournalEntry entry, Journal.Trace trace, Target target) {
        if (!entry.cluster().equals(target.cluster())) {
            throw impossible(
                    entry, "belongs to the cluster " + entry.cluster(), "Name that cluster");
        }
        if (entry.undoneBy().isPresent()) {
            throw impossible(
                    entry,
                    "was undone already by entry " + entry.undoneBy().getAsLong(),
                    "Nothing is left to do");
        }
        if (entry.state() != RemedyState.DONE) {
            throw impossible(
                    entry,
                    "is " + entry.state() + ", not DONE",
                    "Only what was done can be taken back");
        }
        if (entry.undo().isEmpty()) {
            throw impossible(
                    entry,
                    "(%s of %s) has nothing to take back".formatted(entry.kind(), entry.subject()),
                    "Vacuum, analyze and reindex leave nothing to undo");
        }
        if (entry.undo().stream().anyMatch(SecretMask::isMasked)) {
            throw impossible(
                    entry,
                    "can only be taken back with a password, which the journal does not keep",
                    "Run it by hand with the password in it: " + entry.undo().getFirst());
        }
        return new Undo(entry, trace);
    }

    private static HowdahException impossible(JournalEntry entry, String why, String hint) {
        return new HowdahException(
                "undo-impossible",
                "Entry %d of the journal %s".formatted(entry.id(), why),
                hint,
                ExitCode.REFUSED);
    }

    Job job(String by) {
        Journal.Proposal proposal =
                new Journal.Proposal(
                        entry.cluster(),
                        "undo",
                        entry.subject(),
                        entry.lockMode(),
                        Optional.empty(),
                        entry.finding(),
                        "takes back entry " + entry.id(),
                        by,
                        OptionalLong.of(entry.id()));
        return new Job(
                proposal,
                this,
                new GuardScene.Work(INDEX_KINDS.contains(entry.kind()), Cost.NOTHING),
                trace.tableName().flatMap(Undo::name),
                Optional.empty());
    }

    private static Optional<QualifiedName> name(String sql) {
        Matcher matcher = Pattern.compile(NAME + "\\." + NAME).matcher(sql);
        return matcher.matches()
                ? Optional.of(
                        new QualifiedName(unquoted(matcher.group(1)), unquoted(matcher.group(2))))
                : Optional.empty();
    }

    private static String unquoted(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name;
    }

    @Override
    public Optional<String> objection(Session session) {
        if (trace.stateQuery().isEmpty() || trace.stateAfter().isEmpty()) {
            return Optional.empty();
        }
        Optional<String> now = ObjectState.read(session, trace.stateQuery().get());
        return now.equals(trace.stateAfter())
                ? Optional.empty()
                : Optional.of(
                        "%s was changed since: it was left as \"%s\" and is \"%s\" now"
                                .formatted(
                                        entry.subject(),
                                        trace.stateAfter().get(),
                                        now.orElse("not known")));
    }

    @Override
    public List<String> undo(Session session) {
        return List.of();
    }

    @Override
    public Effect run(Statements statements) {
        for (String sql : entry.undo()) {
            Matcher creation = CREATION.matcher(sql);
            if (creation.matches()) {
                create(statements, sql, creation);
            } else {
                statements.run(sql);
            }
        }
        return Effect.done();
    }

    private void create(Statements statements, String sql, Matcher creation) {
        String schema = unquoted(creation.group(2));
        QualifiedName index = new QualifiedName(schema, unquoted(creation.group(1)));
        QualifiedName table = new QualifiedName(schema, unquoted(creation.group(3)));
        long oid = TableFact.find(statements.watch(), table).map(TableFact::oid).orElse(0L);
        if (Statements.isLong(sql)) {
            made.concurrently(statements, index, oid, sql);
        } else {
            made.atOnce(statements, index, oid, sql, Optional.empty());
        }
    }

    @Override
    public Optional<String> clean(Statements statements) {
        return made.remove(statements);
    }
}
