package vigie.console.replay;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;

import org.kordamp.ikonli.javafx.FontIcon;

import vigie.console.markup.Markup;
import vigie.console.words.Speech;

import java.util.Locale;
import java.util.Optional;

/** The band over the window while it does not show the present. */
public final class ModeView {
    private static final PseudoClass WELL = PseudoClass.getPseudoClass("well");

    @FXML private FontIcon icon;
    @FXML private Label title;
    @FXML private Label state;
    @FXML private Label remark;
    @FXML private HBox strip;
    @FXML private FontIcon liveIcon;
    @FXML private Label live;
    @FXML private Button way;

    private final HBox node;
    private final ModeModel model;
    private final Runnable back;
    private final Runnable end;
    private final Runnable compareNone;

    /**
     * @param back returns to the present
     * @param end ends a drill
     * @param compareNone ends a comparison at present
     */
    public ModeView(
            ModeModel model, Speech speech, Runnable back, Runnable end, Runnable compareNone) {
        this.model = model;
        this.back = back;
        this.end = end;
        this.compareNone = compareNone;
        node = Markup.load(HBox.class, "replay-mode", this, speech);
        model.bandProperty().addListener((property, before, now) -> show(now));
        show(model.bandProperty().get());
    }

    public HBox node() {
        return node;
    }

    private void show(Optional<ModeModel.Band> band) {
        node.setVisible(band.isPresent());
        node.setManaged(band.isPresent());
        band.ifPresent(this::show);
    }

    private void show(ModeModel.Band band) {
        for (Mode mode : Mode.values()) {
            node.pseudoClassStateChanged(
                    PseudoClass.getPseudoClass(mode.name().toLowerCase(Locale.ROOT)),
                    mode == band.mode());
        }
        icon.setIconLiteral(
                switch (band.mode()) {
                    case LIVE -> "fth-layers";
                    case REPLAY -> "fth-rotate-ccw";
                    case INCIDENT -> "fth-archive";
                    case DRILL -> "fth-alert-octagon";
                });
        title.setText(band.title());
        state.setText(band.state());
        remark.setText(band.remark());
        remark.setVisible(!band.remark().isEmpty());
        remark.setManaged(!band.remark().isEmpty());
        live.setText(band.live());
        liveIcon.setIconLiteral(band.liveIsWell() ? "fth-radio" : "fth-alert-circle");
        strip.setVisible(!band.live().isEmpty());
        strip.setManaged(!band.live().isEmpty());
        strip.pseudoClassStateChanged(WELL, band.liveIsWell());
        way.setText(band.way());
        way.setVisible(!band.way().isEmpty());
        way.setManaged(!band.way().isEmpty());
        node.setAccessibleText(
                String.join(". ", band.title(), band.state(), band.remark(), band.live()));
    }

    @FXML
    private void way() {
        switch (model.mode()) {
            case LIVE -> compareNone.run();
            case REPLAY, INCIDENT -> back.run();
            case DRILL -> end.run();
        }
    }
}
