package vigie.console.setup;

import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Stage;

import vigie.console.bridge.FxBridge;
import vigie.console.start.Display;
import vigie.console.start.OpenWindow;
import vigie.console.start.PixelSize;
import vigie.console.start.ToolkitStart;
import vigie.console.style.Palette;
import vigie.console.style.Theme;
import vigie.console.words.Speech;
import vigie.setup.Settings;
import vigie.setup.SettingsFile;
import vigie.text.Fault;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The window of the first start. Its stage can go on as that of the console. */
public final class Assistant {
    private static final double SHARE_OF_SCREEN = 0.9;

    private final Stage stage;
    private final Locale language;

    private Assistant(Stage stage, Locale language) {
        this.stage = stage;
        this.language = language;
    }

    /**
     * Asks, and returns when all is written or nothing is wanted any more. Any thread but JavaFX's.
     *
     * @param locale the language it begins with
     * @return empty: nothing was written
     * @throws Fault there is no screen, or the system lacks what JavaFX needs; names the remedy
     */
    public static Optional<Assistant> ask(Locale locale, Settings before, SetupTools tools)
            throws Fault, InterruptedException {
        ToolkitStart.start(Display.choose(false), PixelSize.FULL_HD);
        CompletableFuture<Optional<Assistant>> end = new CompletableFuture<>();
        FxBridge.onFx(() -> {
            try {
                open(locale, before, tools, end);
            } catch (RuntimeException | Error mistake) { // handed to the caller
                end.completeExceptionally(mistake);
            }
        });
        try {
            return end.get();
        } catch (ExecutionException mistake) {
            throw new IllegalStateException("the assistant failed", mistake.getCause());
        }
    }

    private static void open(
            Locale locale,
            Settings before,
            SetupTools tools,
            CompletableFuture<Optional<Assistant>> end) {
        Stage stage = new Stage();
        Speech speech = new Speech(locale);
        SetupModel model =
                new SetupModel(
                        speech,
                        SetupModel.Purpose.FIRST,
                        before,
                        tools,
                        (SettingsFile.Written _) ->
                                end.complete(
                                        Optional.of(
                                                new Assistant(stage, speech.words().language()))),
                        () -> {
                            stage.setOnHidden(null);
                            stage.hide();
                            end.complete(Optional.empty());
                        });
        SetupView view = new SetupView(model);
        var screen = Screen.getPrimary().getVisualBounds();
        double width = Math.max(PixelSize.LEAST, screen.getWidth() * SHARE_OF_SCREEN);
        double height = Math.max(PixelSize.LEAST, screen.getHeight() * SHARE_OF_SCREEN);
        Scene scene = scene(view, width, height);
        stage.setTitle("Vigie");
        stage.setScene(scene);
        stage.setMinWidth(Math.min(width, 960));
        stage.setMinHeight(Math.min(height, 600));
        stage.setOnHidden(_ -> {
            model.close();
            end.complete(Optional.empty());
        });
        stage.show();
        view.focus();
    }

    /** A scene of the view alone, dressed, which grows with its window. */
    static Scene scene(SetupView view, double width, double height) {
        Theme theme = new Theme(Palette.dark());
        Scene scene = new Scene(view.node(), width, height);
        double[] scale = {PixelSize.scale(width, height)};
        theme.dress(scene, scale[0]);
        Runnable grow =
                () -> {
                    double next = PixelSize.scale(scene.getWidth(), scene.getHeight());
                    if (next != scale[0]) {
                        scale[0] = next;
                        theme.dress(scene, next);
                    }
                };
        scene.widthProperty().addListener(size -> grow.run());
        scene.heightProperty().addListener(size -> grow.run());
        return scene;
    }

    /** The window, for the console to go on in. */
    public OpenWindow window() {
        return new OpenWindow(stage);
    }

    /** The language that was chosen. */
    public Locale language() {
        return language;
    }

    /** Takes the window away, where nothing goes on in it. Any thread. */
    public void close() {
        FxBridge.onFx(stage::hide);
    }
}
