package org.howdah.proxy;

/** Where the settings of a running proxy come from. */
public interface SettingsSource {

    /**
     * Reads anew what these settings were read from.
     *
     * @throws org.howdah.postgres.HowdahException when they are wrong; nothing changes then
     */
    SettingsBuilder.Built reload(SettingsBuilder.Built running);

    /**
     * These settings with others in their place, as SET on the console makes them.
     *
     * @throws org.howdah.postgres.HowdahException when they are wrong; nothing changes then
     */
    SettingsBuilder.Built build(RawSettings changed);
}
