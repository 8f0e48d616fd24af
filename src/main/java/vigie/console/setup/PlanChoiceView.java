package vigie.console.setup;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.stage.FileChooser;

import vigie.console.markup.Markup;
import vigie.console.plan.PlanView;
import vigie.console.setup.PlanModel.Choice;
import vigie.console.setup.PlanModel.Live;
import vigie.console.start.SaveFolder;
import vigie.console.style.Palette;
import vigie.console.words.Figures;
import vigie.console.words.RoomZone;
import vigie.console.words.Speech;
import vigie.picture.PictureMaker;
import vigie.plan.Plan;
import vigie.plan.PlanFile;
import vigie.room.Bindings;
import vigie.room.PointState;
import vigie.room.RoomState;

import java.io.File;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The page of the plan: the choice, how it looks, and the points that the database has. */
final class PlanChoiceView {
    @FXML private RadioButton reference;
    @FXML private RadioButton fromFile;
    @FXML private RadioButton empty;
    @FXML private TextField file;
    @FXML private Button browse;
    @FXML private TextField width;
    @FXML private TextField depth;
    @FXML private Label widthLabel;
    @FXML private Label depthLabel;
    @FXML private Label wrong;
    @FXML private StackPane preview;
    @FXML private Label noPreview;
    @FXML private Label count;
    @FXML private ListView<PointState> points;
    @FXML private Label noPoints;

    private final HBox node;
    private final PlanModel model;
    private final Speech speech;
    private final PlanView drawing;
    private Optional<PictureMaker> maker = Optional.empty();

    PlanChoiceView(PlanModel model, Speech speech) {
        this.model = model;
        this.speech = speech;
        node = Markup.load(HBox.class, "setup-plan", this, speech);
        widthLabel.setLabelFor(width);
        depthLabel.setLabelFor(depth);
        drawing = new PlanView(speech.words(), Palette.dark());
        drawing.setMouseTransparent(true);
        drawing.setFocusTraversable(false);
        preview.getChildren().addFirst(drawing);
        points.setCellFactory(_ -> new Cell());
        choose();
        file.textProperty().bindBidirectional(model.fileProperty());
        width.textProperty().bindBidirectional(model.widthProperty());
        depth.textProperty().bindBidirectional(model.depthProperty());
        file.disableProperty().bind(fromFile.selectedProperty().not());
        browse.disableProperty().bind(fromFile.selectedProperty().not());
        width.disableProperty().bind(empty.selectedProperty().not());
        depth.disableProperty().bind(empty.selectedProperty().not());
        model.planProperty().addListener((property, before, now) -> show(now));
        model.faultProperty().addListener((property, before, now) -> showFault());
        model.liveProperty().addListener((property, before, now) -> showLive());
        model.liveFaultProperty().addListener((property, before, now) -> showLive());
        speech.wordsProperty()
                .addListener((property, before, now) -> {
                    drawing.setWords(now);
                    showFault();
                    showLive();
                });
        show(model.planProperty().get());
        showFault();
    }

    Node node() {
        return node;
    }

    void focus() {
        button(model.choiceProperty().get()).requestFocus();
    }

    private RadioButton button(Choice choice) {
        return switch (choice) {
            case REFERENCE -> reference;
            case FILE -> fromFile;
            case EMPTY -> empty;
        };
    }

    private void choose() {
        ToggleGroup group = new ToggleGroup();
        for (Choice choice : Choice.values()) {
            RadioButton button = button(choice);
            button.setToggleGroup(group);
            // Its letter with Alt is an action that does not choose by itself.
            button.setOnAction(_ -> button.setSelected(true));
            button.selectedProperty()
                    .addListener((property, before, selected) -> {
                        if (selected) {
                            model.choiceProperty().set(choice);
                        }
                    });
        }
        button(model.choiceProperty().get()).setSelected(true);
        model.choiceProperty()
                .addListener((property, before, now) -> button(now).setSelected(true));
    }

    private void show(Optional<Plan> plan) {
        maker = plan.map(drawn -> new PictureMaker(drawn, Bindings.NONE));
        drawing.setVisible(plan.isPresent());
        noPreview.setVisible(plan.isEmpty());
        showLive();
    }

    private void showFault() {
        wrong.setText(model.faultProperty().get().map(speech.words()::say).orElse(""));
    }

    private void showLive() {
        Optional<Live> live = model.liveProperty().get();
        RoomState room = live.map(Live::room).orElse(RoomState.EMPTY);
        Instant now = live.map(Live::now).orElse(Instant.EPOCH);
        maker.ifPresent(its -> drawing.show(its.next(room, now), now, true));
        List<PointState> listed =
                room.points().stream()
                        .sorted(Comparator.comparing(point -> point.id().name()))
                        .toList();
        if (!points.getItems().equals(listed)) {
            points.getItems().setAll(listed);
        }
        points.refresh();
        count.setText(
                live.isPresent()
                        ? speech.words().say("setup.plan.points-count", listed.size())
                        : "");
        noPoints.setText(
                model.liveFaultProperty()
                        .get()
                        .map(speech.words()::say)
                        .orElseGet(() ->
                                speech.words()
                                        .say(
                                                live.isPresent()
                                                        ? "setup.plan.points-none"
                                                        : "setup.plan.points-waiting")));
    }

    /** Name and value. */
    private final class Cell extends ListCell<PointState> {
        private final Label name = new Label();
        private final Label value = new Label();
        private final HBox row;

        Cell() {
            name.getStyleClass().add("size-body");
            name.setMinWidth(0);
            value.getStyleClass().addAll("size-body", "weight-medium");
            value.setMinWidth(Label.USE_PREF_SIZE);
            Region gap = new Region();
            HBox.setHgrow(gap, Priority.ALWAYS);
            row = new HBox(name, gap, value);
            row.getStyleClass().add("setup-row");
            row.setMinWidth(0);
            row.setPrefWidth(1);
        }

        @Override
        protected void updateItem(PointState point, boolean isEmpty) {
            super.updateItem(point, isEmpty);
            if (isEmpty || point == null) {
                setGraphic(null);
                return;
            }
            Plan plan = model.planProperty().get().orElseGet(PlanFile::builtIn);
            name.setText(point.id().name());
            value.setText(new Figures(speech.words(), RoomZone.of(plan)).recorded(point));
            setGraphic(row);
        }
    }

    @FXML
    private void browse() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(speech.words().say("setup.plan.browse-title"));
        chooser.getExtensionFilters()
                .add(
                        new FileChooser.ExtensionFilter(
                                speech.words().say("setup.plan.browse-kind"), "*.json"));
        File start = new File(file.getText()).getParentFile();
        if (start != null && start.isDirectory()) {
            chooser.setInitialDirectory(start);
        } else {
            SaveFolder.usual().ifPresent(chooser::setInitialDirectory);
        }
        File chosen = chooser.showOpenDialog(node.getScene().getWindow());
        if (chosen != null) {
            model.fileProperty().set(chosen.getPath());
        }
    }
}
