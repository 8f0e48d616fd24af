package vigie.console.style;

import java.util.Locale;

/**
 * What a colour is for. Views name roles, never colours; a {@link Palette} says which colour a role
 * has. In style sheets a role is the looked-up colour {@link #cssName}.
 */
public enum Role {
    /** Behind everything. */
    GROUND,
    /** The plan and the panels lie on it. */
    SURFACE,
    /** Cards and bars. */
    SURFACE_RAISED,
    /** What the pointer is over, what is selected in a list. */
    SURFACE_HOVER,
    /** Parts two things; carries no meaning. */
    LINE,
    /** The edge of something that can be used. */
    LINE_STRONG,
    /** What is read. */
    TEXT,
    /** What is read second. */
    TEXT_MUTED,

    /** The floor of the room. */
    FLOOR,
    /** The metres on the floor; carries no meaning. */
    GRID,
    WALL,
    DOOR,
    RACK,
    RACK_LINE,
    /** Text on a rack. */
    ON_RACK,
    AISLE_HOT,
    AISLE_COLD,
    /** The lines by which a hot aisle is told from a cold one. */
    HATCH_HOT,
    HATCH_COLD,
    /** Arrows of air that leaves the servers. */
    AIR_HOT,
    /** Arrows of air on its way to the servers. */
    AIR_COLD,
    COOLING,
    COOLING_LINE,
    UPS,
    UPS_LINE,
    /** A sensor's mark. */
    SENSOR,
    SENSOR_HOT_SPOT,
    SENSOR_MOTION,

    /** A value within its limits: the bar, the line, the needle. */
    NORMAL,
    /** The range of normal values behind a bar. */
    BAND,
    /** The whole range behind a bar. */
    TRACK,

    /** The most urgent: outside the allowable range. */
    PRIORITY_1,
    /** Outside the recommended range. */
    PRIORITY_2,
    PRIORITY_3,
    PRIORITY_4,
    /** Text and signs on a ground of a priority's colour. */
    ON_PRIORITY,

    /** Cooler than at another moment, as much as is told apart. */
    DIFFERENCE_LESS,
    /** As at another moment: the middle between both. */
    DIFFERENCE_SAME,
    /** Warmer than at another moment, as much as is told apart. */
    DIFFERENCE_MORE,

    /** A value of uncertain quality. */
    UNCERTAIN,
    /** The sign in place of a value of bad quality. */
    BAD,

    /** Around what the operator selected. */
    SELECTION,
    /** Around what the pointer is over. */
    HOVER,
    /** Around what has the keyboard. */
    FOCUS,

    /**
     * Around the window and behind its band while it shows the past; the playhead. No priority's
     * colour, and nothing else has it.
     */
    PAST,

    /** Laid over a picture that is no longer true; translucent. */
    VEIL;

    /** The role's name in style sheets, for example {@code -vigie-surface-raised}. */
    public String cssName() {
        return "-vigie-" + name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
