package org.howdah.remedy;

import org.howdah.report.Quantity;

/**
 * The measure that must improve, read before and after a remedy by a query that gives one number.
 *
 * @param sql a query of one row and one column, a number; read-only, qualified names
 */
public record Aim(String measure, Quantity unit, Better better, String sql) {
    public enum Better {
        LOWER,
        HIGHER
    }
}
