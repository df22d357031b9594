package org.howdah.remedy;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** Remedies run in the maintenance windows only. */
record WindowGuard(List<TimeWindow> windows) implements Guard {
    @Override
    public String name() {
        return "window";
    }

    @Override
    public GuardReading look(GuardScene scene) {
        if (windows.isEmpty()) {
            return pass("no maintenance window is configured");
        }
        Instant now = scene.clock().instant();
        return windows.stream()
                .filter(window -> window.contains(now))
                .findFirst()
                .map(window -> pass("inside the window " + window))
                .orElseGet(() ->
                        later(
                                "outside the maintenance windows: "
                                        + windows.stream()
                                                .map(TimeWindow::toString)
                                                .collect(Collectors.joining("; "))));
    }

    @Override
    public boolean holdsWhileRunning() {
        return true;
    }
}
