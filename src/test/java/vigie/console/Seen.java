package vigie.console;

import javafx.scene.Node;

import org.testfx.api.FxRobot;

/** Whether something is seen: what is hidden need not be in the scene at all. */
public final class Seen {
    private Seen() {}

    /** Whether a node with this id is in a window and visible. */
    public static boolean isSeen(FxRobot robot, String id) {
        return robot.lookup(id).tryQuery().filter(Node::isVisible).isPresent();
    }
}
