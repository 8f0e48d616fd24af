package vigie.console.plan;

import vigie.plan.Element;
import vigie.plan.ElementId;

import java.util.List;

/**
 * One thing that is drawn: an element, with the sensors that are shown as part of it.
 *
 * @param element the element
 * @param extent where it lies, metres; a sensor's is a point
 * @param sensors those that are read on the element itself and have no mark of their own
 */
record Piece(Element element, Extent extent, List<Element.Sensor> sensors) {
    Piece {
        sensors = List.copyOf(sensors);
    }

    ElementId id() {
        return element.id();
    }
}
