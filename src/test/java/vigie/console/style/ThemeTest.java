package vigie.console.style;

import static org.assertj.core.api.Assertions.assertThat;

import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.layout.StackPane;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.kordamp.ikonli.javafx.FontIcon;
import org.testfx.api.FxRobot;
import org.testfx.framework.junit5.ApplicationExtension;

import java.util.ArrayList;
import java.util.List;

@ExtendWith(ApplicationExtension.class)
class ThemeTest {
    @Test
    void icons_follow_the_size_of_the_window(FxRobot robot) {
        FontIcon icon = new FontIcon("fth-trending-up");
        Button button = new Button("", icon);
        button.getStyleClass().add("detail-history");
        List<Integer> sizes = new ArrayList<>();
        robot.interact(() -> {
            Scene scene = new Scene(new StackPane(button));
            Theme theme = new Theme(Palette.dark());
            for (double scale : new double[] {2, 1, 1}) {
                theme.dress(scene, scale);
                scene.getRoot().applyCss();
                sizes.add(icon.getIconSize());
            }
        });
        assertThat(sizes).containsExactly(28, 14, 14);
    }
}
