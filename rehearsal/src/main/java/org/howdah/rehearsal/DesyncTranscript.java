package org.howdah.rehearsal;

import java.util.ArrayDeque;

/** The last messages of one client, to be shown when something is wrong. */
final class DesyncTranscript {

    private static final int LINES = 160;
    private static final int LONGEST = 200;

    private final ArrayDeque<String> lines = new ArrayDeque<>();
    private String last = "";
    private int repeats;

    void sent(Object message) {
        add("> " + message);
    }

    void received(Object message) {
        add("< " + message);
    }

    void note(String what) {
        add("- " + what);
    }

    private synchronized void add(String line) {
        String cut = line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
        if (cut.equals(last)) {
            repeats++;
            return;
        }
        endRepeats();
        last = cut;
        keep(cut);
    }

    private void endRepeats() {
        if (repeats > 0) {
            keep("  and " + repeats + " times more");
            repeats = 0;
        }
    }

    private void keep(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    @Override
    public synchronized String toString() {
        endRepeats();
        return String.join("\n", lines);
    }
}
