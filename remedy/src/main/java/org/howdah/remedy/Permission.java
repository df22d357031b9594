package org.howdah.remedy;

/** What the owner allows, the most careful first. */
public enum Permission {
    /** Show it, never run it. */
    ADVISE,
    /** Run it when a person says yes to it. */
    ASK,
    /** Run it. */
    APPLY
}
