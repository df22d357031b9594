package org.howdah.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.howdah.sql.Classifier;
import org.howdah.sql.Feature;
import org.howdah.sql.Lexer;
import org.howdah.sql.StatementAction;
import org.howdah.sql.TokenKind;

/**
 * Judges from a text what it may do to the session that runs it, as {@link Effects}. Nothing is
 * allocated for texts that do nothing of the kind. One for each loop.
 */
final class SessionEffects {

    /** Larger texts are not looked at and may do anything. */
    static final int LARGEST_TEXT = 256 * 1024;

    private final Classifier classifier = new Classifier();
    private final SettingText settings = new SettingText();
    private final SettingCalls calls = new SettingCalls();
    private final Lexer lexer = new Lexer();
    private byte[] scratch = new byte[4 * 1024];
    private Optional<SettingChange> change = Optional.empty();
    private Optional<String> target = Optional.empty();
    private int statements;
    private StatementAction action = StatementAction.NOTHING;

    /** Judges the text that lies there. */
    int judge(ByteBuffer in, int from, int to, FunctionCatalog functions) {
        int length = to - from;
        change = Optional.empty();
        target = Optional.empty();
        statements = 0;
        action = StatementAction.NOTHING;
        if (length > LARGEST_TEXT) {
            return Effects.ANY | Effects.CONTROL | Effects.DEFINES | Effects.DEALLOCATES;
        }
        if (length > scratch.length) {
            scratch = new byte[Math.max(length, scratch.length * 2)];
        }
        in.get(from, scratch, 0, length);
        classifier.functions(functions.known()).reset(scratch, 0, length);
        int effects = Effects.NONE;
        while (classifier.next()) {
            statements++;
            effects |= statement(functions);
        }
        if (statements > 1) {
            change = Optional.empty();
        }
        return effects;
    }

    /** The change of a setting that the text judged last is, if it is that and nothing else. */
    Optional<SettingChange> change() {
        return change;
    }

    /** The action of the text judged last, if it is a single statement. */
    StatementAction action() {
        return statements == 1 ? action : StatementAction.NOTHING;
    }

    /** What it wants of the channels, if it is a single LISTEN or UNLISTEN. */
    Optional<Listening.Wish> wish() {
        boolean listen = action() == StatementAction.LISTEN;
        if (!listen && action() != StatementAction.UNLISTEN) {
            return Optional.empty();
        }
        return target.filter(name -> !name.isEmpty()).map(name -> new Listening.Wish(name, listen));
    }

    /**
     * The statement's name in a DEALLOCATE, {@link SettingChange#ALL} for all, or what a DISCARD
     * discards.
     */
    Optional<String> target() {
        boolean named =
                action() == StatementAction.DEALLOCATE || action() == StatementAction.DISCARD;
        return named ? target : Optional.empty();
    }

    private int statement(FunctionCatalog functions) {
        action = classifier.action();
        int effects = ofAction(functions);
        if (classifier.has(Feature.SESSION_STATE) || classifier.has(Feature.TEMPORARY_SLOT)) {
            effects |= ofFeatures(functions);
        }
        return classifier.has(Feature.ESCAPED_NAME) || classifier.has(Feature.INVALID)
                ? effects | Effects.ANY
                : effects;
    }

    private int ofAction(FunctionCatalog functions) {
        return switch (action) {
            case BEGIN,
                    COMMIT,
                    ROLLBACK,
                    SAVEPOINT,
                    RELEASE,
                    ROLLBACK_TO,
                    PREPARE_TRANSACTION,
                    COMMIT_PREPARED,
                    ROLLBACK_PREPARED ->
                    Effects.CONTROL;
            case SET -> setting(functions);
            case RESET -> setting(functions) | Effects.RESETS;
            case DISCARD -> discard();
            case LISTEN, UNLISTEN -> channel();
            case PREPARE -> Effects.STATEMENTS;
            case EXECUTE -> Effects.EXECUTES;
            case DEALLOCATE -> deallocate();
            case LOAD -> Effects.LASTING;
            case CREATE_TEMPORARY -> Effects.TEMPORARY;
            case CLOSE -> Effects.CLOSES;
            case DEFINE -> define();
            case DO -> block(functions);
            case UNKNOWN -> Effects.ANY;
            default -> Effects.NONE;
        };
    }

    private int ofFeatures(FunctionCatalog functions) {
        int effects = Effects.NONE;
        if (classifier.has(Feature.SETTING_FUNCTION)) {
            effects |=
                    calls.effects(
                            scratch,
                            classifier.start(),
                            classifier.end(),
                            functions.customSettings());
        }
        effects |= has(Feature.ADVISORY_LOCK, Effects.LOCKS);
        effects |= has(Feature.SEQUENCE_VALUE, Effects.SEQUENCES);
        effects |= has(Feature.LASTING, Effects.LASTING);
        effects |= has(Feature.TEMPORARY_SLOT, Effects.SLOTS);
        effects |= has(Feature.SESSION_FUNCTION, Effects.ANY);
        effects |= has(Feature.TEMPORARY, Effects.TEMPORARY);
        return effects | has(Feature.HOLD, Effects.CURSORS);
    }

    private int has(Feature feature, int effect) {
        return classifier.has(feature) ? effect : Effects.NONE;
    }

    private int setting(FunctionCatalog functions) {
        change = settings.read(scratch, classifier.start(), classifier.end());
        if (change.isEmpty()) {
            return Effects.SETTINGS | customs(functions);
        }
        String name = change.get().name();
        if (name.equals("seed")) {
            return Effects.LASTING;
        }
        if (name.equals("transaction_isolation")
                || name.equals("transaction_read_only")
                || name.equals("transaction_deferrable")) {
            change = Optional.empty();
            return Effects.NONE;
        }
        return Effects.SETTINGS | (functions.customSettings().note(name) ? 0 : Effects.UNSEEN);
    }

    /** A SET that is not plain, of a setting with a dot: its name must be known all the same. */
    private int customs(FunctionCatalog functions) {
        String text =
                new String(
                        scratch,
                        classifier.start(),
                        classifier.end() - classifier.start(),
                        StandardCharsets.UTF_8);
        return functions.noteSettings(text) ? Effects.NONE : Effects.UNSEEN;
    }

    private int discard() {
        String what = words(1);
        target = Optional.of(what.equals("all") ? SettingChange.ALL : what);
        return switch (what) {
            case "all" -> Effects.ANY | Effects.DEALLOCATES | Effects.RESETS;
            case "temp", "temporary" -> Effects.TEMPORARY;
            default -> Effects.NONE;
        };
    }

    private int channel() {
        String name = words(1);
        boolean all = action == StatementAction.UNLISTEN && raw().equals("*");
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        // A longer name is cut by the server.
        target = Optional.of(all ? Listening.ALL : bytes > 63 ? "" : name);
        return Effects.CHANNELS;
    }

    private int deallocate() {
        String name = words(1);
        name = name.equals("prepare") ? words(2) : name;
        boolean all = name.equals("all");
        target = Optional.of(all ? SettingChange.ALL : name);
        return all ? Effects.STATEMENTS | Effects.DEALLOCATES : Effects.STATEMENTS;
    }

    private int define() {
        boolean functions = false;
        lexer.reset(scratch, classifier.start(), classifier.end() - classifier.start());
        for (int i = 0; i < 6 && !functions && lexer.next() != TokenKind.END; i++) {
            functions =
                    switch (lexed()) {
                        case "function", "procedure", "routine", "aggregate", "extension" -> true;
                        default -> false;
                    };
        }
        return functions ? Effects.TEMPORARY | Effects.DEFINES : Effects.TEMPORARY;
    }

    /** DO: what it may do is asked; only names of settings must be seen in it. */
    private int block(FunctionCatalog functions) {
        String text =
                new String(
                        scratch,
                        classifier.start(),
                        classifier.end() - classifier.start(),
                        StandardCharsets.UTF_8);
        return Effects.ANY | (functions.noteSettings(text) ? Effects.NONE : Effects.UNSEEN);
    }

    /** The word with this number in the statement, from 0, in lower case; quoted ones as is. */
    private String words(int number) {
        lexer.reset(scratch, classifier.start(), classifier.end() - classifier.start());
        TokenKind kind = lexer.next();
        for (int i = 0; i < number; i++) {
            kind = lexer.next();
        }
        if (kind == TokenKind.QUOTED_NAME) {
            String quoted = raw();
            return quoted.substring(1, quoted.length() - 1).replace("\"\"", "\"");
        }
        return kind == TokenKind.WORD ? lexed() : "";
    }

    private String lexed() {
        return raw().toLowerCase(java.util.Locale.ROOT);
    }

    private String raw() {
        return new String(
                scratch, lexer.start(), lexer.end() - lexer.start(), StandardCharsets.UTF_8);
    }
}
