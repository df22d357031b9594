package org.howdah.rehearsal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.howdah.rehearsal.DesyncMessage.BindTo;
import org.howdah.rehearsal.DesyncMessage.ClosePortal;
import org.howdah.rehearsal.DesyncMessage.CloseStatement;
import org.howdah.rehearsal.DesyncMessage.DescribePortal;
import org.howdah.rehearsal.DesyncMessage.DescribeStatement;
import org.howdah.rehearsal.DesyncMessage.Line;
import org.howdah.rehearsal.DesyncMessage.Plain;
import org.howdah.rehearsal.DesyncMessage.Prepare;
import org.howdah.rehearsal.DesyncMessage.Run;
import org.howdah.rehearsal.DesyncMessage.Simple;
import org.howdah.rehearsal.DesyncStatement.CopyIn;
import org.howdah.rehearsal.DesyncStatement.CopyOut;
import org.howdah.rehearsal.DesyncStatement.Ddl;
import org.howdah.rehearsal.DesyncStatement.Empty;
import org.howdah.rehearsal.DesyncStatement.Failing;
import org.howdah.rehearsal.DesyncStatement.Malformed;
import org.howdah.rehearsal.DesyncStatement.Noticing;
import org.howdah.rehearsal.DesyncStatement.Rows;
import org.howdah.rehearsal.DesyncStatement.Shared;
import org.howdah.rehearsal.DesyncStatement.Sleeping;
import org.howdah.rehearsal.DesyncStatement.Transaction;
import org.howdah.rehearsal.DesyncStatement.Wide;

/** Thinks out what a client of the desync fuzzer sends next. The same seed gives the same. */
final class DesyncScript {

    private static final int TEXTS = 8;
    private static final List<Transaction> TRANSACTIONS = List.of(Transaction.values());
    private static final String[] NAMES = {"a", "b", "c", "d"};

    private final Random random;
    private final String owner;
    private final boolean transactions;
    private long ids;
    private int portals;

    /**
     * @param owner with what all identifiers of this client begin
     * @param transactions whether transactions of several statements are allowed
     */
    DesyncScript(Random random, String owner, boolean transactions) {
        this.random = random;
        this.owner = owner;
        this.transactions = transactions;
    }

    /** Messages that are sent together; what they are answered is read before the next ones. */
    record Stage(List<DesyncMessage> messages) {}

    /** What is special about an episode. */
    enum Kind {
        PLAIN,
        /** It takes so long that it must be canceled. */
        SLEEPING,
        /** It must not be canceled: what PostgreSQL answers then depends on the moment. */
        STEADY,
        /** What the session is good for afterwards is not certain. */
        CONFUSING
    }

    record Episode(List<Stage> stages, Kind kind) {}

    private static Episode plain(List<DesyncMessage> messages) {
        return new Episode(List.of(new Stage(messages)), Kind.PLAIN);
    }

    private String id() {
        ids++;
        return owner + ids;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    /** The next messages, up to a point at which everything is answered. */
    Episode next(char status, Map<String, DesyncPortal> open) {
        if (status != 'I' && chance(35)) {
            return end();
        }
        int dice = random.nextInt(100);
        if (!open.isEmpty() && dice < 60) {
            return fetch(open.keySet().iterator().next());
        } else if (dice < 18) {
            return one(new Simple(List.of(plainStatement())));
        } else if (dice < 28) {
            return one(simples());
        } else if (dice < 36 && transactions) {
            return one(new Simple(List.of(anyTransaction(status))));
        } else if (dice < 44) {
            return copyIn();
        } else if (dice < 46) {
            return sleep();
        } else if (dice < 76) {
            return group();
        }
        return pipeline();
    }

    private static Episode one(DesyncMessage message) {
        return plain(List.of(message));
    }

    private Episode end() {
        Transaction how = chance(60) ? Transaction.COMMIT : Transaction.ROLLBACK;
        if (chance(50)) {
            return one(new Simple(List.of(how)));
        }
        List<DesyncMessage> messages = new ArrayList<>();
        unnamed(messages, how, "");
        messages.add(Plain.SYNC);
        return plain(messages);
    }

    private Transaction anyTransaction(char status) {
        if (status == 'I') {
            return chance(90) ? Transaction.BEGIN : TRANSACTIONS.get(random.nextInt(5));
        }
        int dice = random.nextInt(10);
        return dice < 4
                ? Transaction.SAVEPOINT
                : dice < 8 ? Transaction.ROLLBACK_TO : Transaction.COMMIT;
    }

    private Episode fetch(String portal) {
        List<DesyncMessage> messages = new ArrayList<>();
        messages.add(new Run(portal, random.nextInt(4)));
        messages.add(Plain.SYNC);
        return plain(messages);
    }

    private Simple simples() {
        List<DesyncStatement> statements = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            statements.add(plainStatement());
        }
        return new Simple(statements);
    }

    /** Any statement without parameters that may stand anywhere. */
    private DesyncStatement plainStatement() {
        int dice = random.nextInt(100);
        if (dice < 50) {
            return rows();
        } else if (dice < 62) {
            return new Noticing(id());
        } else if (dice < 72) {
            return new Failing(id());
        } else if (dice < 77) {
            return new Malformed(id());
        } else if (dice < 87) {
            return new CopyOut(id(), random.nextInt(chance(5) ? 3000 : 10));
        } else if (dice < 90) {
            return new Ddl(id());
        } else if (dice < 93) {
            return new Empty();
        }
        return new Sleeping(id(), random.nextInt(20));
    }

    private Rows rows() {
        int dice = random.nextInt(100);
        if (dice < 80) {
            return new Rows(id(), random.nextInt(6), random.nextInt(40));
        } else if (dice < 97) {
            return new Rows(id(), random.nextInt(300), random.nextInt(200));
        }
        return new Rows(id(), 1 + random.nextInt(4), random.nextInt(300_000));
    }

    private Episode sleep() {
        Sleeping sleeping = new Sleeping(id(), 60_000);
        List<DesyncMessage> messages = new ArrayList<>();
        if (chance(50)) {
            messages.add(new Simple(List.of(sleeping)));
            return new Episode(List.of(new Stage(messages)), Kind.SLEEPING);
        }
        unnamed(messages, sleeping, "");
        if (chance(50)) {
            unnamed(messages, rows(), "");
        }
        messages.add(Plain.SYNC);
        return new Episode(List.of(new Stage(messages)), Kind.SLEEPING);
    }

    // Extended queries

    private Episode group() {
        List<DesyncMessage> messages = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            work(messages);
        }
        List<Stage> stages = new ArrayList<>();
        if (chance(25)) {
            messages.add(Plain.FLUSH);
            stages.add(new Stage(List.copyOf(messages)));
            messages.clear();
            work(messages);
        }
        boolean mixed = chance(4);
        if (mixed) {
            if (!transactions || chance(70)) {
                messages.add(new Prepare("", new Malformed(id())));
            }
            messages.add(new Simple(List.of(rows())));
        }
        messages.add(Plain.SYNC);
        stages.add(new Stage(messages));
        return new Episode(stages, mixed ? Kind.CONFUSING : Kind.PLAIN);
    }

    private Episode pipeline() {
        List<DesyncMessage> messages = new ArrayList<>();
        for (int i = 1 + random.nextInt(6); i >= 0; i--) {
            if (chance(20)) {
                messages.add(simples());
            } else {
                for (int j = random.nextInt(3); j >= 0; j--) {
                    work(messages);
                }
                messages.add(Plain.SYNC);
            }
        }
        return plain(messages);
    }

    /** Something in the extended protocol. */
    private void work(List<DesyncMessage> messages) {
        int dice = random.nextInt(100);
        if (dice < 30) {
            unnamed(messages, extendedStatement(), portal());
        } else if (dice < 45) {
            shared(messages, "");
        } else if (dice < 88) {
            shared(messages, NAMES[random.nextInt(NAMES.length)]);
        } else if (dice < 94) {
            messages.add(new CloseStatement(NAMES[random.nextInt(NAMES.length)]));
        } else if (dice < 97) {
            messages.add(new DescribeStatement(NAMES[random.nextInt(NAMES.length)]));
        } else {
            messages.add(new ClosePortal("none"));
        }
    }

    private DesyncStatement extendedStatement() {
        DesyncStatement statement = plainStatement();
        return statement instanceof Empty ? rows() : statement;
    }

    private String portal() {
        return chance(70) ? "" : "p" + portals++;
    }

    private void unnamed(List<DesyncMessage> messages, DesyncStatement statement, String portal) {
        messages.add(new Prepare("", statement));
        if (chance(20)) {
            messages.add(new DescribeStatement(""));
        }
        messages.add(new BindTo(portal, "", "", false));
        run(messages, portal);
    }

    private void run(List<DesyncMessage> messages, String portal) {
        if (chance(40)) {
            messages.add(new DescribePortal(portal));
        }
        messages.add(new Run(portal, chance(25) ? 1 + random.nextInt(3) : 0));
        if (chance(5)) {
            messages.add(new ClosePortal(portal));
        }
    }

    /** A statement that many clients send; under a name it may be there already, or not. */
    private void shared(List<DesyncMessage> messages, String name) {
        if (name.isEmpty() || chance(45)) {
            if (!name.isEmpty() && chance(70)) {
                messages.add(new CloseStatement(name));
            }
            int text = random.nextInt(TEXTS);
            messages.add(new Prepare(name, chance(20) ? new Wide(text % 2) : new Shared(text)));
        }
        if (chance(15)) {
            messages.add(new DescribeStatement(name));
        }
        for (int i = random.nextInt(3); i >= 0; i--) {
            String portal = portal();
            messages.add(new BindTo(portal, name, id(), true));
            run(messages, portal);
        }
    }

    // COPY

    private Episode copyIn() {
        CopyIn copy = new CopyIn(id());
        List<DesyncMessage> start = new ArrayList<>();
        boolean simple = chance(50);
        boolean early = false;
        if (simple) {
            start.add(new Simple(List.of(copy)));
        } else {
            start.add(new Prepare("", copy));
            start.add(new BindTo("", "", "", false));
            start.add(new Run("", 0));
            early = chance(40);
            if (early) {
                // As libpq does: the server ignores it while it copies.
                start.add(Plain.SYNC);
            }
        }
        List<DesyncMessage> data = new ArrayList<>();
        int lines = random.nextInt(chance(5) ? 2000 : 12);
        int bad = chance(25) ? random.nextInt(lines + 1) : -1;
        for (int i = 0; i < lines; i++) {
            data.add(new Line(id(), i != bad));
        }
        data.add(chance(85) ? Plain.COPY_DONE : Plain.COPY_FAIL);
        if (!simple) {
            data.add(Plain.SYNC);
        }
        Kind kind = early ? Kind.STEADY : Kind.PLAIN;
        if (chance(60)) {
            return new Episode(List.of(new Stage(start), new Stage(data)), kind);
        }
        start.addAll(data);
        return new Episode(List.of(new Stage(start)), kind);
    }
}
