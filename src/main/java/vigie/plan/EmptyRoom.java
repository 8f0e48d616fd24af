package vigie.plan;

import vigie.text.Words;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The plan to begin with where none is drawn yet: one rectangular room between four walls. */
public final class EmptyRoom {
    /** The smallest width and depth, metres. */
    public static final double LEAST = 1;

    /** The greatest width and depth, metres: the floor of a plan ends there. */
    public static final double MOST = 500;

    /** Metres; as in the reference room. */
    private static final double WALL = 0.2;

    private EmptyRoom() {}

    /** Whether a width or a depth is possible: from {@link #LEAST} to {@link #MOST} metres. */
    public static boolean possible(double metres) {
        return metres >= LEAST && metres <= MOST;
    }

    /**
     * The plan; it has no sensor and binds no point. What the reader reads from it once written is
     * the same plan.
     *
     * @param width metres along x, the walls included
     * @param depth metres along y, the walls included
     * @param zone in which the room's times are told; a region such as {@code Europe/Brussels}, for
     *     a mere offset is refused by the reader
     * @throws IllegalArgumentException if a size is not {@link #possible}
     */
    public static Plan of(double width, double depth, ZoneId zone) {
        if (!possible(width) || !possible(depth)) {
            throw new IllegalArgumentException("no room of " + width + " by " + depth + " m");
        }
        double half = WALL / 2;
        Spot northWest = new Spot(0, 0);
        Spot northEast = new Spot(width, 0);
        Spot southEast = new Spot(width, depth);
        Spot southWest = new Spot(0, depth);
        List<Element> elements = new ArrayList<>();
        elements.add(
                new Element.Room(
                        new ElementId("room"),
                        label("plan.empty-room.room"),
                        zone,
                        List.of(northWest, northEast, southEast, southWest)));
        elements.add(
                wall(
                        "wall-north",
                        label("plan.empty-room.wall-north"),
                        new Spot(0, half),
                        new Spot(width, half)));
        elements.add(
                wall(
                        "wall-east",
                        label("plan.empty-room.wall-east"),
                        new Spot(inside(width), 0),
                        new Spot(inside(width), depth)));
        elements.add(
                wall(
                        "wall-south",
                        label("plan.empty-room.wall-south"),
                        new Spot(0, inside(depth)),
                        new Spot(width, inside(depth))));
        elements.add(
                wall(
                        "wall-west",
                        label("plan.empty-room.wall-west"),
                        new Spot(half, 0),
                        new Spot(half, depth)));
        return new Plan(label("plan.empty-room.room"), elements, List.of(), List.of());
    }

    /** Half a wall before an edge, without the dust of binary fractions in the file. */
    private static double inside(double edge) {
        return Math.round((edge - WALL / 2) * 1_000) / 1_000.0;
    }

    private static Element wall(String id, Label label, Spot from, Spot to) {
        return new Element.Wall(new ElementId(id), label, from, to, WALL);
    }

    /** In every language: the file may be read by somebody who speaks another one. */
    private static Label label(String key) {
        Map<String, String> texts = new HashMap<>();
        Words.LANGUAGES.forEach(
                language -> texts.put(language.getLanguage(), Words.in(language).say(key)));
        return new Label(texts);
    }
}
