package org.howdah.report;

/** Where on an axis a value lies: 0 at its start, 1 at its end. */
sealed interface Scale {

    double min();

    double max();

    double at(double value);

    /** Whether the value has a place on the axis. */
    boolean shows(double value);

    record Linear(double min, double max) implements Scale {
        @Override
        public double at(double value) {
            return (value - min) / (max - min);
        }

        @Override
        public boolean shows(double value) {
            return Double.isFinite(value);
        }
    }

    record Log(double min, double max) implements Scale {
        @Override
        public double at(double value) {
            return (Math.log(value) - Math.log(min)) / (Math.log(max) - Math.log(min));
        }

        @Override
        public boolean shows(double value) {
            return Double.isFinite(value) && value > 0;
        }
    }
}
