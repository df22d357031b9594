package org.howdah.remedy;

import java.util.List;
import java.util.Optional;
import org.howdah.postgres.Session;

/** How one kind of remedy is made; one object for one run. */
interface Procedure {
    /** A last look, just before: why it must not be made, in one sentence. */
    Optional<String> objection(Session session);

    /**
     * The statements that will take it back, from what is there now; written down before the first
     * change.
     */
    List<String> undo(Session session);

    /**
     * @throws RemedyEnded where it has to end early
     * @throws org.howdah.postgres.StatementException where the server refuses
     */
    Effect run(Statements statements);

    /**
     * Takes back what a run that failed has left; statements are in their cleaning mode.
     *
     * @return what could not be taken back, in one sentence
     */
    default Optional<String> clean(Statements statements) {
        return Optional.empty();
    }

    static Procedure of(Remedy remedy) {
        return switch (remedy) {
            case Vacuum vacuum -> new Maintenance(vacuum.table(), vacuum.statements());
            case Analyze analyze -> new Maintenance(analyze.table(), analyze.statements());
            case SetTableOptions options -> new OptionChange(options);
            case SetSetting setting -> new SettingChange(setting);
            case CreateIndex create -> new IndexCreation(create);
            case DropIndex drop -> new IndexDrop(drop);
            case Reindex reindex -> new IndexRebuild(reindex);
            case ByHand advice -> new OnlyByHand(advice);
        };
    }
}
