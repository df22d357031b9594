package org.howdah.proxy;

/** A password or a verifier. It is never printed. */
public record Secret(String value) {

    @Override
    public String toString() {
        return "***";
    }
}
