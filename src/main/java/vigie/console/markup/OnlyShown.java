package vigie.console.markup;

import javafx.scene.Node;
import javafx.scene.layout.Pane;

import java.util.List;

/**
 * Parts of a pane that are in the scene only while they are visible. JavaFX dresses hidden nodes as
 * it does those that are seen, and makes the skins of their controls: a third of what opening the
 * window cost went into what nobody saw. JavaFX thread only.
 */
public final class OnlyShown {
    private final Pane pane;
    private final List<Node> order;

    private OnlyShown(Pane pane) {
        this.pane = pane;
        order = List.copyOf(pane.getChildren());
    }

    /**
     * Takes the parts out of the pane while they are not visible; shown, they come back to the
     * place they have now, with respect to the other children that the pane has now.
     *
     * @param parts children of the pane
     */
    public static void in(Pane pane, Node... parts) {
        OnlyShown kept = new OnlyShown(pane);
        for (Node part : parts) {
            if (!kept.order.contains(part)) {
                throw new IllegalArgumentException(part + " is not in " + pane);
            }
            part.visibleProperty().addListener((property, before, now) -> kept.place(part));
            kept.place(part);
        }
    }

    private void place(Node part) {
        List<Node> present = pane.getChildren();
        if (!part.isVisible()) {
            present.remove(part);
        } else if (!present.contains(part)) {
            int at =
                    order.subList(0, order.indexOf(part)).stream()
                                    .mapToInt(present::indexOf)
                                    .max()
                                    .orElse(-1)
                            + 1;
            present.add(at, part);
        }
    }
}
