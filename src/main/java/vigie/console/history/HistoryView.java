package vigie.console.history;

import javafx.animation.Animation;
import javafx.animation.PauseTransition;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.geometry.HPos;
import javafx.scene.Node;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.CustomMenuItem;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.image.WritableImage;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import vigie.console.bridge.Frame;
import vigie.console.bridge.FxBridge;
import vigie.console.history.chart.ChartSurface;
import vigie.console.history.chart.Scene;
import vigie.console.markup.Markup;
import vigie.console.picture.Png;
import vigie.console.start.PixelSize;
import vigie.console.start.SaveFolder;
import vigie.console.style.Palette;
import vigie.console.words.Figures;
import vigie.console.words.Speech;
import vigie.history.Work;
import vigie.plan.ElementId;
import vigie.plan.Plan;
import vigie.point.PointId;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The history screen: a chart, the ranges and comparisons it can have, what it did in figures, and
 * the charts that were saved. It covers the plan while it is shown. JavaFX thread only.
 */
public final class HistoryView {
    private static final Logger LOG = LoggerFactory.getLogger(HistoryView.class);
    private static final PseudoClass MARKED = PseudoClass.getPseudoClass("marked");
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    /** The figures follow what is shown when it has been still for so long. */
    private static final javafx.util.Duration PACE = javafx.util.Duration.millis(120);

    @FXML private Label title;
    @FXML private Label loading;
    @FXML private ToggleButton live;
    @FXML private ComboBox<Comparison> compare;
    @FXML private MenuButton saved;
    @FXML private HBox ranges;
    @FXML private ToggleButton custom;
    @FXML private HBox typed;
    @FXML private TextField from;
    @FXML private TextField to;
    @FXML private HBox naming;
    @FXML private TextField name;
    @FXML private FlowPane pins;
    @FXML private HBox exporting;
    @FXML private ProgressBar exported;
    @FXML private Label missing;
    @FXML private HBox failed;
    @FXML private Label why;
    @FXML private Label done;
    @FXML private StackPane chartArea;
    @FXML private ScrollPane figuresScroll;
    @FXML private GridPane table;

    private final VBox node;
    private final Speech speech;
    private final Plan plan;
    private final Palette palette;
    private final ChartModel model;
    private final ChartView chart;
    private final SavedCharts store;
    private final PastSource source;
    private final Runnable back;
    private final Map<Range, ToggleButton> buttons = new EnumMap<>(Range.class);
    private final PauseTransition still = new PauseTransition(PACE);
    private List<SavedChart> charts;
    private boolean settingCompare;
    private Optional<ChartExport> export = Optional.empty();

    /**
     * @param back shows the plan again
     */
    public HistoryView(
            Speech speech, Plan plan, Palette palette, PastSettings past, Runnable back) {
        this.speech = speech;
        this.plan = plan;
        this.palette = palette;
        this.back = back;
        model =
                new ChartModel(
                        speech,
                        plan,
                        past.source(),
                        FxBridge::onFx,
                        HistoryView::later,
                        InstantSource.system());
        source = past.source();
        store = new SavedCharts(past.charts());
        charts = store.read();
        node = Markup.load(VBox.class, "history", this, speech);
        chart = new ChartView(model, palette);
        chart.setId("chart");
        chartArea.getChildren().addFirst(chart);
        figuresScroll.prefViewportHeightProperty().bind(table.heightProperty());
        rangeButtons();
        comparisons();
        bind();
        showSaved();
        node.setUserData(this);
        node.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        node.setVisible(false);
    }

    public VBox node() {
        return node;
    }

    /** How much larger than designed the chart is painted. */
    public void setScale(double scale) {
        chart.setScale(scale);
    }

    /** Takes a frame of the live feed. */
    public void show(Frame frame) {
        model.show(frame);
    }

    /** Whether it is shown. */
    public boolean isShown() {
        return node.isVisible();
    }

    /** Whether something of what it is to show is still being read; false where it cannot be. */
    public boolean isReading() {
        boolean noFigures =
                table.getChildren().isEmpty() && still.getStatus() == Animation.Status.RUNNING;
        return isShown() && (model.isReading() || noFigures);
    }

    /** Why what it is to show cannot be read; empty: it can, or it is not shown. */
    public Optional<Sentence> failure() {
        return isShown() ? model.failureProperty().get() : Optional.empty();
    }

    /** The chart that is shown; empty where none is. */
    public Optional<Opening> shown() {
        return isShown() ? Optional.of(model.opening()) : Optional.empty();
    }

    /** Shows the points of an element, with the range that was shown last. */
    public void open(ElementId element) {
        String label =
                plan.element(element)
                        .map(one -> one.label().in(speech.words().locale()))
                        .orElse("");
        open(Opening.following(label, model.boundTo(element), Opening.USUAL));
    }

    /** Shows the points of an element in a stretch of time. */
    public void open(ElementId element, Instant begins, Instant ends) {
        String label =
                plan.element(element)
                        .map(one -> one.label().in(speech.words().locale()))
                        .orElse("");
        open(Opening.between(label, model.boundTo(element), begins, ends));
    }

    /** Marks the moment that the plan shows, where that is not the present; empty: none. */
    public void mark(Optional<Instant> moment) {
        chart.mark(moment);
    }

    /** Shows a point. */
    public void open(PointId point) {
        open(Opening.following("", List.of(point), Opening.USUAL));
    }

    /** Shows a chart. */
    public void open(Opening opening) {
        node.setVisible(true);
        place(typed, false);
        place(naming, false);
        place(done, false);
        model.open(opening);
        showComparison();
        askMissing();
        chart.requestFocus();
    }

    /** Lets go of the chart; whoever shows the plan again calls it. */
    public void shut() {
        node.setVisible(false);
        model.shut();
    }

    /** Nothing is asked any more. */
    public void close() {
        model.close();
        export.ifPresent(ChartExport::cancel);
    }

    /** What the archive lacks stands under the chart: it explains where the past ends. */
    private void askMissing() {
        Thread.ofVirtual()
                .name("vigie-past-missing")
                .start(() -> {
                    try {
                        Optional<Sentence> found = source.missing(new Work());
                        FxBridge.onFx(() -> {
                            missing.setText(found.map(speech.words()::say).orElse(""));
                            place(missing, found.isPresent());
                        });
                    } catch (Fault saidByTheChart) {
                        LOG.debug(
                                "what is missing cannot be asked: {}", saidByTheChart.getMessage());
                    }
                });
    }

    private void bind() {
        title.textProperty().bind(model.titleProperty());
        loading.visibleProperty().bind(model.loadingProperty());
        model.followsProperty().addListener(change -> showFollows());
        model.failureProperty().addListener(change -> showFailure());
        model.sceneProperty()
                .addListener(change -> {
                    showRange();
                    still.playFromStart();
                });
        still.setOnFinished(_ -> showFigures());
        speech.wordsProperty()
                .addListener(language -> {
                    nameRanges();
                    compare.setButtonCell(compare.getCellFactory().call(null));
                    showSaved();
                    showFailure();
                    showFigures();
                });
        for (Node one : List.of(typed, naming, exporting, failed, done, pins, missing)) {
            place(one, false);
        }
        showFollows();
    }

    private void rangeButtons() {
        for (Range range : Range.values()) {
            ToggleButton button = new ToggleButton();
            button.setId("range-" + range.word());
            button.setMinWidth(Double.NEGATIVE_INFINITY);
            button.setOnAction(_ -> {
                model.range(range.duration());
                showRange();
                chart.requestFocus();
            });
            buttons.put(range, button);
            ranges.getChildren().add(ranges.getChildren().indexOf(custom), button);
        }
        nameRanges();
    }

    private void nameRanges() {
        buttons.forEach((range, button) -> {
            button.setText(say("range." + range.word()));
            button.setAccessibleText(say("range.spoken", say("range." + range.word())));
        });
    }

    private void showRange() {
        Duration length = Duration.ofNanos(model.stretch().width() * 1_000);
        buttons.forEach((range, button) -> button.setSelected(range.duration().equals(length)));
    }

    private void comparisons() {
        compare.getItems().setAll(Comparison.values());
        compare.setCellFactory(_ -> new ComparisonCell(this::say));
        compare.setButtonCell(new ComparisonCell(this::say));
        compare.setConverter(
                new StringConverter<>() {
                    @Override
                    public String toString(@Nullable Comparison one) {
                        return one == null ? "" : say("compare." + one.word());
                    }

                    @Override
                    public Comparison fromString(String words) {
                        return Comparison.NONE;
                    }
                });
        compare.valueProperty()
                .addListener((property, before, now) -> {
                    if (now != null && !settingCompare) {
                        model.compare(now);
                    }
                });
        showComparison();
    }

    private void showComparison() {
        settingCompare = true;
        compare.setValue(model.comparisonProperty().get());
        settingCompare = false;
    }

    private void showFollows() {
        boolean follows = model.followsProperty().get();
        live.setSelected(follows);
        FontIcon icon = new FontIcon(follows ? "fth-radio" : "fth-skip-forward");
        live.setGraphic(icon);
    }

    private void showFailure() {
        model.failureProperty()
                .get()
                .ifPresent(sentence -> why.setText(say("again", speech.words().say(sentence))));
        place(failed, model.failureProperty().get().isPresent());
    }

    private void showFigures() {
        if (!isShown()) {
            return;
        }
        Scene scene = model.sceneProperty().get();
        List<StatLine> lines = StatLine.of(scene, model.figures());
        boolean grows = lines.stream().anyMatch(line -> !line.growth().isEmpty());
        boolean compares = scene.shift() != 0;
        table.getChildren().clear();
        List<PointId> silent = model.withoutHistory();
        place(figuresScroll, !lines.isEmpty());
        int column = 0;
        for (String key : columns(grows, compares)) {
            Label head = new Label(say("table." + key));
            head.getStyleClass().addAll("size-caption", "muted");
            GridPane.setHalignment(
                    head, key.equals("name") || key.equals("source") ? HPos.LEFT : HPos.RIGHT);
            table.add(head, key.equals("name") ? 1 : column + 1, 0);
            column++;
        }
        for (int i = 0; i < lines.size(); i++) {
            row(lines.get(i), i + 1, grows, compares);
        }
        for (int i = 0; i < silent.size(); i++) {
            Label label = new Label(say("table.none", silent.get(i).name()));
            label.getStyleClass().addAll("size-caption", "muted");
            table.add(label, 1, lines.size() + 1 + i, GridPane.REMAINING, 1);
        }
    }

    private static List<String> columns(boolean grows, boolean compares) {
        List<String> columns =
                new ArrayList<>(List.of("name", "unit", "last", "min", "mean", "max"));
        if (grows) {
            columns.add("growth");
        }
        if (compares) {
            columns.add("before");
        }
        columns.addAll(List.of("gap", "source"));
        return columns;
    }

    private void row(StatLine line, int row, boolean grows, boolean compares) {
        boolean marked = model.marked().equals(Optional.of(line.point()));
        Canvas swatch =
                ChartSurface.swatch(palette, line.curve(), title.getFont().getSize() / 15.5);
        Label label = new Label(line.name());
        label.getStyleClass().addAll("size-body", "stat-name");
        label.setMinWidth(0);
        label.setMaxWidth(Double.MAX_VALUE);
        GridPane.setHgrow(label, Priority.ALWAYS);
        label.setOnMouseClicked(
                _ -> model.mark(marked ? Optional.empty() : Optional.of(line.point())));
        label.pseudoClassStateChanged(MARKED, marked);
        table.add(swatch, 0, row);
        table.add(label, 1, row);
        List<String> cells = new ArrayList<>();
        cells.add(line.unit());
        cells.addAll(List.of(line.last(), line.min(), line.mean(), line.max()));
        if (grows) {
            cells.add(line.growth());
        }
        if (compares) {
            cells.add(line.before());
        }
        cells.add(line.gap());
        int column = 2;
        for (String cell : cells) {
            Label number = new Label(cell);
            number.getStyleClass().add("size-body");
            number.setMinWidth(Double.NEGATIVE_INFINITY);
            GridPane.setHalignment(number, HPos.RIGHT);
            table.add(number, column++, row);
        }
        Label source = new Label(line.source());
        source.getStyleClass().addAll("size-caption", "muted");
        table.add(source, column, row);
    }

    private void showSaved() {
        saved.getItems().clear();
        for (SavedChart one : charts) {
            HBox content = new HBox();
            content.getStyleClass().add("saved-chart");
            Label label = new Label(one.name());
            Button remove = new Button();
            remove.setGraphic(new FontIcon("fth-trash-2"));
            remove.getStyleClass().add("tool");
            remove.setAccessibleText(say("saved.remove", one.name()));
            remove.setOnAction(_ -> {
                saved.hide();
                save(charts.stream().filter(other -> !other.equals(one)).toList());
            });
            content.getChildren().addAll(label, remove);
            CustomMenuItem item = new CustomMenuItem(content, true);
            item.setOnAction(_ -> open(one));
            saved.getItems().add(item);
        }
        if (charts.isEmpty()) {
            MenuItem none = new MenuItem(say("saved.none"));
            none.setDisable(true);
            saved.getItems().add(none);
        }
        List<SavedChart> pinned = charts.stream().filter(SavedChart::pinned).toList();
        pins.getChildren().clear();
        for (SavedChart one : pinned) {
            Button pin = new Button(one.name());
            pin.setGraphic(new FontIcon("fth-bookmark"));
            pin.getStyleClass().add("pin");
            pin.setOnAction(_ -> open(one));
            MenuItem unpin = new MenuItem(say("saved.unpin"));
            unpin.setOnAction(_ ->
                    save(
                            charts.stream()
                                    .map(other ->
                                            other.equals(one) ? other.withPinned(false) : other)
                                    .toList()));
            pin.setContextMenu(new ContextMenu(unpin));
            pins.getChildren().add(pin);
        }
        place(pins, !pinned.isEmpty());
    }

    private void open(SavedChart chosen) {
        open(chosen.opening());
        model.compare(chosen.comparison());
        showComparison();
    }

    private void save(List<SavedChart> next) {
        try {
            store.write(next);
            charts = List.copyOf(next);
            showSaved();
        } catch (IOException unwritable) {
            LOG.warn("the saved charts cannot be written", unwritable);
            say(done, say("saved.unwritable"));
        }
    }

    @FXML
    private void back() {
        back.run();
    }

    @FXML
    private void live() {
        if (live.isSelected()) {
            model.follow();
        } else {
            model.stand();
        }
        showFollows();
        chart.requestFocus();
    }

    @FXML
    private void retry() {
        model.retry();
    }

    @FXML
    private void custom() {
        Figures figures = model.figures();
        place(typed, custom.isSelected());
        if (custom.isSelected()) {
            from.setText(TypedMoment.write(model.stretch().from(), figures.zone()));
            to.setText(
                    model.followsProperty().get()
                            ? "now"
                            : TypedMoment.write(model.stretch().to(), figures.zone()));
            from.requestFocus();
            from.selectAll();
        }
    }

    @FXML
    private void type() {
        Instant now = model.present();
        Optional<Instant> begin = TypedMoment.parse(from.getText(), model.figures().zone(), now);
        Optional<Instant> end = TypedMoment.parse(to.getText(), model.figures().zone(), now);
        boolean inOrder = begin.isPresent() && end.isPresent() && begin.get().isBefore(end.get());
        from.pseudoClassStateChanged(WRONG, begin.isEmpty() || (end.isPresent() && !inOrder));
        to.pseudoClassStateChanged(WRONG, end.isEmpty() || (begin.isPresent() && !inOrder));
        if (inOrder) {
            model.between(begin.get(), end.get());
            custom.setSelected(false);
            place(typed, false);
            chart.requestFocus();
        }
    }

    @FXML
    private void nameIt() {
        boolean opens = !naming.isVisible();
        place(naming, opens);
        if (opens) {
            name.setText(title.getText());
            name.requestFocus();
            name.selectAll();
        }
    }

    @FXML
    private void saveIt() {
        keep(false);
    }

    @FXML
    private void pinIt() {
        keep(true);
    }

    private void keep(boolean pinned) {
        String typedName = name.getText().strip();
        if (typedName.isEmpty() || model.points().isEmpty()) {
            return;
        }
        Opening now = model.opening();
        SavedChart made =
                new SavedChart(
                        typedName,
                        new Opening(typedName, now.points(), now.last(), now.from(), now.to()),
                        model.comparisonProperty().get(),
                        pinned);
        List<SavedChart> next = new ArrayList<>(charts);
        next.removeIf(one -> one.name().equals(typedName));
        next.add(made);
        save(next);
        place(naming, false);
        chart.requestFocus();
    }

    /** Asks where to and writes the chart as a picture. */
    @FXML
    private void savePicture() {
        choose("png").ifPresent(this::savePicture);
    }

    @FXML
    private void saveCsv() {
        choose(ChartExport.Form.CSV.ending()).ifPresent(file -> export(ChartExport.Form.CSV, file));
    }

    @FXML
    private void saveJson() {
        choose(ChartExport.Form.JSON.ending())
                .ifPresent(file -> export(ChartExport.Form.JSON, file));
    }

    private Optional<Path> choose(String ending) {
        FileChooser chooser = new FileChooser();
        chooser.setInitialFileName("vigie-chart." + ending);
        SaveFolder.usual().ifPresent(chooser::setInitialDirectory);
        chooser.getExtensionFilters()
                .add(
                        new FileChooser.ExtensionFilter(
                                ending.toUpperCase(Locale.ROOT), "*." + ending));
        return Optional.ofNullable(chooser.showSaveDialog(node.getScene().getWindow()))
                .map(File::toPath);
    }

    /** Writes the chart as a picture; says where it went, or why it did not. */
    void savePicture(Path file) {
        WritableImage image =
                ChartPicture.image(
                        model.sceneProperty().get(),
                        title.getText(),
                        model.figures(),
                        palette,
                        PixelSize.FULL_HD);
        Thread.ofVirtual()
                .name("vigie-picture-file")
                .start(() -> {
                    Sentence how;
                    try {
                        Png.write(image, file);
                        how = Sentence.of("chart.export.written", file.toString());
                    } catch (IOException cannotWrite) {
                        LOG.warn("the picture cannot be written", cannotWrite);
                        how = Sentence.of("chart.export.unwritable", file.toString());
                    }
                    Sentence sentence = how;
                    FxBridge.onFx(() -> say(done, speech.words().say(sentence)));
                });
    }

    /** Writes what is shown as a table; shows how far it is. */
    void export(ChartExport.Form form, Path file) {
        export.ifPresent(ChartExport::cancel);
        ChartExport begun =
                new ChartExport(
                        source,
                        model.points().stream().map(ChartPoint::id).toList(),
                        model.stretch(),
                        model.figures().zone());
        export = Optional.of(begun);
        exported.setProgress(0);
        place(exporting, true);
        begun.start(
                form,
                file,
                share -> FxBridge.onFx(() -> exported.setProgress(share)),
                how ->
                        FxBridge.onFx(() -> {
                            if (export.equals(Optional.of(begun))) {
                                export = Optional.empty();
                                place(exporting, false);
                            }
                            say(done, speech.words().say(how));
                        }));
    }

    @FXML
    private void cancelExport() {
        export.ifPresent(running ->
                // It may talk to the server.
                Thread.ofVirtual().name("vigie-export-cancel").start(running::cancel));
    }

    private void say(Label label, String words) {
        label.setText(words);
        place(label, true);
        PauseTransition gone = new PauseTransition(javafx.util.Duration.seconds(6));
        gone.setOnFinished(_ -> place(label, false));
        gone.play();
    }

    private void key(KeyEvent event) {
        if (event.getCode() == KeyCode.ESCAPE) {
            if (typed.isVisible() || naming.isVisible()) {
                custom.setSelected(false);
                place(typed, false);
                place(naming, false);
                chart.requestFocus();
            } else {
                back.run();
            }
            event.consume();
        } else if (event.getCode() == KeyCode.S && event.isShortcutDown()) {
            savePicture();
            event.consume();
        }
    }

    private String say(String key, Object... values) {
        return speech.words().say("chart." + key, values);
    }

    private static void place(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    private static void later(Duration wait, Runnable work) {
        PauseTransition pause =
                new PauseTransition(javafx.util.Duration.millis((double) wait.toMillis()));
        pause.setOnFinished(_ -> work.run());
        pause.play();
    }
}
