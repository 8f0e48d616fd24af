package vigie.console.markup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javafx.scene.Node;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;

import org.junit.jupiter.api.Test;

import java.util.List;

class OnlyShownTest {
    private final Node first = part("first");
    private final Node second = part("second");
    private final Node third = part("third");
    private final Pane pane = new Pane(first, second, third);

    @Test
    void what_is_hidden_is_not_in_the_scene() {
        second.setVisible(false);
        OnlyShown.in(pane, second, third);
        assertThat(pane.getChildren()).containsExactly(first, third);
        third.setVisible(false);
        assertThat(pane.getChildren()).containsExactly(first);
    }

    @Test
    void what_is_shown_again_has_its_place_again() {
        OnlyShown.in(pane, first, second, third);
        for (Node part : List.of(first, second, third)) {
            part.setVisible(false);
        }
        for (Node part : List.of(third, first, second)) {
            part.setVisible(true);
        }
        assertThat(pane.getChildren()).containsExactly(first, second, third);
    }

    @Test
    void children_that_came_later_keep_their_place() {
        second.setVisible(false);
        OnlyShown.in(pane, second);
        Node later = part("later");
        pane.getChildren().add(later);
        second.setVisible(true);
        assertThat(pane.getChildren()).containsExactly(first, second, third, later);
    }

    @Test
    void a_part_of_another_pane_is_a_mistake() {
        assertThatThrownBy(() -> OnlyShown.in(pane, part("elsewhere")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Node part(String id) {
        Region region = new Region();
        region.setId(id);
        return region;
    }
}
