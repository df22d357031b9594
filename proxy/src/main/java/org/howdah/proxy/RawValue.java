package org.howdah.proxy;

/** A value as it was written. It may be a secret, and is never printed whole. */
public record RawValue(String text, Position at) {

    @Override
    public String toString() {
        return "value at " + at;
    }
}
