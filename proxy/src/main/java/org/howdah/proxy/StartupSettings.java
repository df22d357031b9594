package org.howdah.proxy;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.howdah.wire.StartupMessage;

/**
 * The settings that a client's startup packet asks for: those of its parameters and those of its
 * {@code options}, of which the former go first.
 *
 * @param values by name in lower case, as the client wrote them
 */
record StartupSettings(Map<String, String> values) {

    private static final String APPLICATION = "application_name";
    private static final String ENCODING = "client_encoding";
    private static final String DIGITS = "extra_float_digits";

    /** NAMEDATALEN - 1: the server cuts an application's name there. */
    private static final int LONGEST_NAME = 63;

    StartupSettings {
        values = Map.copyOf(values);
    }

    /**
     * @param client where it comes from, if that is to stand in its application's name
     * @throws IllegalArgumentException when its options cannot be read; the message continues
     *     {@code options ...}
     */
    static StartupSettings of(StartupMessage startup, StateSettings state, SocketAddress client) {
        Map<String, String> values = new TreeMap<>();
        if (!ignored(state, "options")) {
            StartupOptions.parse(startup.options().orElse(""))
                    .forEach((name, value) -> put(values, state, name, value));
        }
        startup.settings().forEach((name, value) -> put(values, state, name, value));
        if (state.addHost()) {
            String name = values.getOrDefault(APPLICATION, "app");
            values.put(APPLICATION, name + " - " + place(client));
        }
        return new StartupSettings(values);
    }

    private static void put(
            Map<String, String> values, StateSettings state, String name, String value) {
        if (!ignored(state, name)) {
            values.put(name.toLowerCase(Locale.ROOT), value);
        }
    }

    private static boolean ignored(StateSettings state, String name) {
        return state.ignoredStartup().stream().anyMatch(name::equalsIgnoreCase);
    }

    private static String place(SocketAddress client) {
        return client instanceof InetSocketAddress inet
                ? inet.getAddress().getHostAddress() + ":" + inet.getPort()
                : "unix";
    }

    /** Whether it is known without the server that the values are right and how it writes them. */
    boolean obvious() {
        return values.entrySet().stream().allMatch(StartupSettings::obvious);
    }

    private static boolean obvious(Map.Entry<String, String> setting) {
        String value = setting.getValue();
        return switch (setting.getKey()) {
            case APPLICATION ->
                    value.length() <= LONGEST_NAME
                            && value.chars().allMatch(letter -> letter >= ' ' && letter < 127);
            case ENCODING -> value.equals("UTF8");
            case DIGITS -> value.matches("-([0-9]|1[0-5])|[0-3]");
            default -> false;
        };
    }
}
