package org.howdah.report;

/** Progress that nobody is told of. */
record SilentProgress() implements Progress {

    @Override
    public Step step(String title, long total, Quantity quantity, String noun) {
        return new SilentStep();
    }

    @Override
    public void say(String line) {}

    private record SilentStep() implements Step {
        @Override
        public void advance(long amount) {}

        @Override
        public void reach(long done) {}

        @Override
        public void total(long total) {}

        @Override
        public void note(String text) {}

        @Override
        public void fail(String reason) {}

        @Override
        public void close() {}
    }
}
