package vigie.console.wall;

import javafx.beans.value.ObservableValue;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

import vigie.console.header.HeaderModel;
import vigie.console.marks.Mark;
import vigie.console.marks.Sign;
import vigie.console.markup.Markup;
import vigie.console.words.Speech;

import java.util.regex.Pattern;

/** The band over the plan of a wall: the room and how it is, heartbeat, clock. */
public final class WallView {
    private static final PseudoClass LOST = PseudoClass.getPseudoClass("lost");
    private static final PseudoClass STALE = PseudoClass.getPseudoClass("stale");
    private static final Pattern NUMBER_AND_WORD = Pattern.compile("(?<=\\d) (?=\\p{L})");

    @FXML private Label room;
    @FXML private Sign sign;
    @FXML private Label state;
    @FXML private Label since;
    @FXML private BeatMark beat;
    @FXML private Label word;
    @FXML private Label quiet;
    @FXML private Label clock;
    @FXML private Label day;

    private final HBox node;

    public WallView(HeaderModel header, WallModel wall, Speech speech) {
        this(header.contentProperty(), wall.contentProperty(), speech);
    }

    /** Shows what others say. */
    WallView(
            ObservableValue<HeaderModel.Content> header,
            ObservableValue<WallModel.Content> wall,
            Speech speech) {
        node = Markup.load(HBox.class, "wall", this, speech);
        header.addListener((property, before, now) -> show(now));
        show(header.getValue());
        wall.addListener((property, before, now) -> show(now));
        show(wall.getValue());
    }

    public HBox node() {
        return node;
    }

    private void show(HeaderModel.Content content) {
        room.setText(content.room());
        sign.show(content.mark());
        sign.setManaged(content.mark() != Mark.NONE);
        state.setText(together(content.state()));
        since.setText(together(content.since()));
        since.setManaged(!content.since().isEmpty());
        state.pseudoClassStateChanged(STALE, !content.known());
    }

    /** No line ends between a number and what it counts. */
    private static String together(String text) {
        return NUMBER_AND_WORD.matcher(text).replaceAll("\u00A0");
    }

    private void show(WallModel.Content content) {
        beat.show(content.beat());
        word.setText(content.word());
        quiet.setText(content.since());
        quiet.setManaged(!content.since().isEmpty());
        clock.setText(content.clock());
        day.setText(content.day());
        node.pseudoClassStateChanged(LOST, content.beat().isLost());
    }
}
