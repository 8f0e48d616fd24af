package vigie.console.replay;

import javafx.geometry.Pos;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;

import org.kordamp.ikonli.javafx.FontIcon;

import vigie.console.words.Speech;
import vigie.timeline.Occurrence;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which kinds of events are listed: a line for each with a check mark and, for this one alone, a
 * button. A line that is chosen turns its mark and leaves the menu open. By keys: the arrows, Enter
 * or Space for the mark, the right arrow for this one alone. JavaFX thread only.
 */
final class KindsMenu {
    private final ReplayModel model;
    private final Speech speech;
    private final MenuButton button;
    private final MenuItem all = new MenuItem();
    private final Map<Occurrence.Kind, Line> lines = new EnumMap<>(Occurrence.Kind.class);

    /** One kind in the menu. */
    private static final class Line {
        private final FontIcon mark = new FontIcon("fth-check");
        private final Label name = new Label();
        private final Label alone = new Label();
        private final HBox row;
        private final CustomMenuItem item;

        Line(Occurrence.Kind kind) {
            name.setMinWidth(Label.USE_PREF_SIZE);
            name.setMaxWidth(Double.MAX_VALUE);
            HBox.setHgrow(name, Priority.ALWAYS);
            alone.setId("replay-only-" + kind.word());
            alone.getStyleClass().addAll("size-caption", "replay-only");
            alone.setMinWidth(Label.USE_PREF_SIZE);
            alone.setTooltip(new Tooltip());
            row = new HBox(mark, new FontIcon(EventCell.icon(kind)), name, alone);
            row.setId("replay-kind-" + kind.word());
            row.setAlignment(Pos.CENTER_LEFT);
            row.getStyleClass().add("replay-kind");
            item = new CustomMenuItem(row, false);
        }

        boolean isFocused() {
            return row.getParent() != null && row.getParent().isFocused();
        }
    }

    KindsMenu(MenuButton button, ReplayModel model, Speech speech) {
        this.button = button;
        this.model = model;
        this.speech = speech;
        all.setId("replay-kinds-all");
        all.setOnAction(_ -> model.all());
        button.getItems().addAll(all, new SeparatorMenuItem());
        for (Occurrence.Kind kind : Occurrence.Kind.values()) {
            Line line = new Line(kind);
            // A menu fires the whole line, wherever on it somebody pressed.
            line.item.setOnAction(_ -> {
                if (line.alone.isHover()) {
                    alone(kind);
                } else {
                    model.kind(kind, !model.kindsProperty().get().contains(kind));
                }
            });
            lines.put(kind, line);
            button.getItems().add(line.item);
        }
        // The popup is there only once it was opened; what listens to it is set, never added.
        button.setOnShown(_ ->
                Optional.ofNullable(all.getParentPopup())
                        .ifPresent(popup -> popup.getScene().setOnKeyPressed(this::key)));
        model.kindsProperty().addListener(change -> show());
        show();
    }

    private void alone(Occurrence.Kind kind) {
        model.only(kind);
        button.hide();
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.RIGHT || event.getCode() == KeyCode.KP_RIGHT) {
            lines.forEach((kind, line) -> {
                if (line.isFocused()) {
                    alone(kind);
                    event.consume();
                }
            });
        }
    }

    /** In the language of the moment. */
    void show() {
        Set<Occurrence.Kind> shown = model.kindsProperty().get();
        all.setText(say("kinds-all"));
        lines.forEach((kind, line) -> {
            String name = name(kind);
            boolean on = shown.contains(kind);
            line.mark.setVisible(on);
            line.name.setText(name);
            line.alone.setText(say("kind-only"));
            line.alone.setAccessibleText(say("kind-only-of", name));
            line.alone.getTooltip().setText(say("kind-only-tip", name));
            line.row.setAccessibleText(say(on ? "kind-shown" : "kind-hidden", name));
        });
        String text =
                shown.size() == Occurrence.Kind.values().length
                        ? say("kinds-all")
                        : shown.size() == 1
                                ? name(shown.iterator().next())
                                : say("kinds", shown.size(), Occurrence.Kind.values().length);
        button.setText(text);
        button.setAccessibleText(say("kinds-of", text));
    }

    private String name(Occurrence.Kind kind) {
        return say("kind." + kind.word());
    }

    private String say(String key, Object... values) {
        return speech.words().say("replay." + key, values);
    }
}
