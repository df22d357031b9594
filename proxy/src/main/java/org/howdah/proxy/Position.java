package org.howdah.proxy;

/**
 * Where something was written.
 *
 * @param source a file's name, or what else it came from
 * @param line from 1; 0 where there are no lines
 */
public record Position(String source, int line) {

    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line;
    }
}
