package vigie.console.words;

import vigie.plan.Element;
import vigie.plan.Plan;
import vigie.text.Words;

import java.time.ZoneId;

/** In which zone a plan's times are told. */
public final class RoomZone {
    private RoomZone() {}

    /** The zone of the plan's first room; this computer's where there is none. */
    public static ZoneId of(Plan plan) {
        return plan.elements(Element.Room.class).stream()
                .findFirst()
                .map(Element.Room::zone)
                .orElseGet(ZoneId::systemDefault);
    }

    /** How a language writes this plan's figures. */
    public static Figures figures(Words words, Plan plan) {
        return new Figures(words, of(plan));
    }
}
