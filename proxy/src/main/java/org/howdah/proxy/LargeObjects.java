package org.howdah.proxy;

/**
 * The functions that drivers call by FunctionCall: those of large objects, which leave nothing in a
 * session beyond its transaction. Source: src/include/catalog/pg_proc.dat.
 */
final class LargeObjects {

    private LargeObjects() {}

    /** Whether the function with this OID is one of them. */
    static boolean has(int function) {
        return switch (function) {
            case 715,
                    764,
                    765,
                    767,
                    952,
                    953,
                    954,
                    955,
                    956,
                    957,
                    958,
                    964,
                    1004,
                    3170,
                    3171,
                    3172,
                    3457,
                    3458,
                    3459,
                    3460 ->
                    true;
            default -> false;
        };
    }
}
