package vigie.console.details;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.VBox;

import vigie.console.markup.Markup;
import vigie.console.words.Speech;
import vigie.plan.ElementId;
import vigie.point.PointId;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The panel of what is pointed at or selected. */
public final class DetailsView {
    @FXML private Label title;
    @FXML private Label kind;
    @FXML private Label summary;
    @FXML private Label hint;
    @FXML private ScrollPane scroll;
    @FXML private VBox lines;

    private final VBox node;
    private final Consumer<ElementId> goTo;
    private final Speech speech;
    private final Optional<Consumer<PointId>> showPast;
    private final List<DetailLine> pool = new ArrayList<>();

    /**
     * @param goTo is told the sensor to go to
     * @param showPast is told the point whose history is wanted; empty: there is no past to show
     */
    public DetailsView(
            DetailsModel model,
            Speech speech,
            Consumer<ElementId> goTo,
            Optional<Consumer<PointId>> showPast) {
        this.goTo = goTo;
        this.speech = speech;
        this.showPast = showPast;
        node = Markup.load(VBox.class, "details", this, speech);
        model.contentProperty()
                .addListener((property, before, now) -> {
                    if (!now.equals(before)) {
                        show(now);
                    }
                });
        show(model.contentProperty().get());
    }

    public VBox node() {
        return node;
    }

    private void show(DetailsModel.Content content) {
        boolean nothing = content.title().isEmpty();
        title.setText(content.title());
        kind.setText(content.kind());
        summary.setText(content.summary());
        hint.setText(content.summary());
        place(hint, nothing);
        place(scroll, !nothing);
        place(title, !nothing);
        place(kind, !nothing);
        place(summary, !nothing);
        while (pool.size() < content.readings().size()) {
            pool.add(new DetailLine(goTo, speech, showPast));
        }
        int wanted = content.readings().size();
        if (lines.getChildren().size() != wanted) {
            lines.getChildren()
                    .setAll(pool.subList(0, wanted).stream().map(DetailLine::node).toList());
            scroll.setVvalue(0);
        }
        for (int i = 0; i < wanted; i++) {
            pool.get(i).show(content.readings().get(i));
        }
    }

    private static void place(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }
}
