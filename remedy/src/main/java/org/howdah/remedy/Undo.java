package org.howdah.remedy;

import java.util.ArrayList;
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
import org.howdah.remedy.Statements.TableLock;

/** Takes back what a journal entry says was done. */
final class Undo implements Procedure {
    private static final Set<String> INDEX_KINDS = Set.of("create-index", "drop-index");
    private static final String NAME = "(\"(?:[^\"]|\"\")+\"|[^\\s.\"]+)";

    /** As pg_get_indexdef writes it: the index without its schema, the table with it. */
    private static final Pattern CREATION =
            Pattern.compile(
                    "CREATE (UNIQUE )?INDEX (?:CONCURRENTLY )?"
                            + NAME
                            + " ON (?:ONLY )?"
                            + NAME
                            + "\\."
                            + NAME
                            + " (.*)",
                    Pattern.DOTALL);

    private static final Pattern CONCURRENT_DROP =
            Pattern.compile("DROP INDEX CONCURRENTLY IF EXISTS (" + NAME + "\\." + NAME + ")");

    private static final Pattern ATTACHMENT =
            Pattern.compile("ALTER INDEX .+ ATTACH PARTITION (" + NAME + "\\." + NAME + ")");

    private final JournalEntry entry;
    private final Journal.Trace trace;
    private final MadeIndexes made = new MadeIndexes();
    private final AdoptedIndexes adopted = new AdoptedIndexes();
    private final List<String> gone = new ArrayList<>();
    private Optional<QualifiedName> dropping = Optional.empty();

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
            Matcher attachment = ATTACHMENT.matcher(sql);
            if (creation.matches()) {
                create(statements, sql, creation);
            } else if (attachment.matches()) {
                attach(statements, sql, attachment.group(1));
            } else if (sql.startsWith("DROP INDEX ") && !Statements.isLong(sql)) {
                statements.brief(
                        sql,
                        trace.tableName()
                                .map(table -> new TableLock(table, LockMode.ACCESS_EXCLUSIVE)));
            } else {
                noteDrop(statements, sql);
                statements.run(sql);
            }
        }
        complete(statements);
        return gone.isEmpty()
                ? Effect.done()
                : Effect.done("not on what is gone by now: " + String.join(", ", gone));
    }

    /** Partitions may have come since: a partitioned index is valid with the last of them. */
    private void complete(Statements statements) {
        Matcher root = CREATION.matcher(entry.undo().getFirst());
        if (!entry.kind().equals("drop-index")
                || !root.matches()
                || Statements.isLong(entry.undo().getFirst())) {
            return;
        }
        QualifiedName index = index(root);
        QualifiedName table = table(root);
        CreateIndex whole =
                new CreateIndex(
                        entry.subject().database(),
                        TableTree.plain(table),
                        index,
                        root.group(1) != null,
                        root.group(5),
                        List.of(),
                        Cost.NOTHING);
        TableFact.find(statements.watch(), table)
                .ifPresent(found ->
                        new IndexBuild(whole, made, adopted).partitions(statements, found, index));
        if (!adopted.isEmpty()) {
            adopted.attach(statements, List.of());
        }
        if (IndexState.find(statements.watch(), index).filter(IndexState::valid).isEmpty()) {
            throw new RemedyEnded(RemedyState.FAILED, "the index " + index + " is not valid");
        }
    }

    /** Noted before it is begun: half way, such a drop leaves an index that serves nobody. */
    private void noteDrop(Statements statements, String sql) {
        Matcher drop = CONCURRENT_DROP.matcher(sql);
        if (drop.matches()) {
            name(drop.group(1))
                    .flatMap(index -> IndexState.find(statements.watch(), index))
                    .ifPresent(state -> {
                        statements
                                .pen()
                                .makes(
                                        new MadeName(drop.group(1), OptionalLong.of(state.oid()))
                                                .toString());
                        dropping = name(drop.group(1));
                    });
        }
    }

    private void attach(Statements statements, String sql, String child) {
        if (name(child).flatMap(index -> TableFact.find(statements.watch(), index)).isPresent()) {
            statements.patiently(sql, LockMode.ACCESS_EXCLUSIVE);
        }
    }

    private void create(Statements statements, String sql, Matcher creation) {
        QualifiedName table = table(creation);
        Optional<TableFact> found = TableFact.find(statements.watch(), table);
        boolean part = !sql.equals(entry.undo().getFirst());
        if (found.isEmpty() && part) {
            // Old partitions go; the index is for those that are there.
            gone.add(table.toString());
            return;
        }
        long oid = found.map(TableFact::oid).orElse(0L);
        if (Statements.isLong(sql)) {
            ConcurrentBuild.awaitTable(statements, table);
            made.concurrently(statements, index(creation), oid, sql);
        } else {
            made.atOnce(
                    statements,
                    index(creation),
                    oid,
                    sql,
                    Optional.of(new TableLock(table.sql(), LockMode.SHARE)));
        }
    }

    private static QualifiedName index(Matcher creation) {
        return new QualifiedName(unquoted(creation.group(3)), unquoted(creation.group(2)));
    }

    private static QualifiedName table(Matcher creation) {
        return new QualifiedName(unquoted(creation.group(3)), unquoted(creation.group(4)));
    }

    @Override
    public Optional<String> clean(Statements statements) {
        Optional<String> half =
                dropping.filter(index ->
                                IndexState.find(statements.watch(), index)
                                        .filter(state -> !state.valid())
                                        .isPresent())
                        .flatMap(index -> IndexRemoval.remove(statements, index));
        if (half.isPresent()) {
            return half;
        }
        return adopted.isAttached(statements.watch())
                ? Optional.of("what was built stays, since it holds indexes that were there before")
                : made.remove(statements);
    }
}
