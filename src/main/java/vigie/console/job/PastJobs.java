package vigie.console.job;

import javafx.stage.FileChooser;
import javafx.stage.Window;

import org.jspecify.annotations.Nullable;

import vigie.console.film.Film;
import vigie.console.film.FilmJob;
import vigie.console.film.FilmOrder;
import vigie.console.replay.ReplayActions;
import vigie.console.replay.ReplayHost;
import vigie.console.replay.ReplaySettings;
import vigie.console.start.PixelSize;
import vigie.console.start.SaveFolder;
import vigie.console.words.RoomZone;
import vigie.console.words.Speech;
import vigie.history.Work;
import vigie.incident.IncidentWriter;
import vigie.incident.Manifest;
import vigie.note.Note;
import vigie.plan.Plan;
import vigie.recording.Basis;
import vigie.text.Fault;
import vigie.text.Sentence;

import java.io.File;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;

/**
 * Saves a marked interval of the past: as an incident file, or as a film. Asks where, and leaves
 * the work to {@link JobModel}. JavaFX thread only.
 */
public final class PastJobs {
    private static final DateTimeFormatter NAME = DateTimeFormatter.ofPattern("uuuu-MM-dd-HHmm");

    private final ReplaySettings settings;
    private final Plan plan;
    private final Speech speech;
    private final JobModel jobs;
    private final ReplayHost host;
    private @Nullable File folder;

    public PastJobs(
            ReplaySettings settings, Plan plan, Speech speech, JobModel jobs, ReplayHost host) {
        this.settings = settings;
        this.plan = plan;
        this.speech = speech;
        this.jobs = jobs;
        this.host = host;
    }

    /**
     * What the window's buttons do.
     *
     * @param window that the questions for a place belong to
     */
    public ReplayActions actions(Supplier<Window> window, ReplayActions.Comparing compare) {
        return new ReplayActions(
                Optional.of((from, to) ->
                        choose(window, "job.choose-incident", "incident", ".vigie", from)
                                .ifPresent(file -> saveIncident(from, to, file))),
                Optional.of((from, to) ->
                        choose(window, "job.choose-film", "film", ".gif", from)
                                .ifPresent(file -> saveFilm(from, to, file))),
                Optional.of(compare));
    }

    private Optional<Path> choose(
            Supplier<Window> window, String title, String kind, String ending, Instant from) {
        if (jobs.isBusy()) {
            return Optional.empty();
        }
        FileChooser chooser = new FileChooser();
        chooser.setTitle(speech.words().say(Sentence.of(title)));
        chooser.setInitialFileName(
                kind + "-" + NAME.format(from.atZone(RoomZone.of(plan))) + ending);
        chooser.getExtensionFilters()
                .add(new FileChooser.ExtensionFilter("*" + ending, "*" + ending));
        if (folder != null && folder.isDirectory()) {
            chooser.setInitialDirectory(folder);
        } else {
            SaveFolder.usual().ifPresent(chooser::setInitialDirectory);
        }
        File chosen = chooser.showSaveDialog(window.get());
        if (chosen == null) {
            return Optional.empty();
        }
        folder = chosen.getParentFile();
        return Optional.of(
                chosen.getName().toLowerCase(Locale.ROOT).endsWith(ending)
                        ? chosen.toPath()
                        : chosen.toPath().resolveSibling(chosen.getName() + ending));
    }

    void saveIncident(Instant from, Instant to, Path file) {
        boolean _ =
                jobs.start(
                        Sentence.of("job.saving", file.toString()),
                        (progress, work) -> incident(from, to, file, progress, work));
    }

    private Sentence incident(
            Instant from, Instant to, Path file, DoubleConsumer progress, Work work) throws Fault {
        Instant begins = from.minus(IncidentWriter.USUAL_LEAD_IN);
        List<Note> notes =
                settings.notes().isPresent()
                        ? settings.notes().get().between(begins, to)
                        : List.of();
        Manifest written =
                IncidentWriter.write(
                        settings.recorded(),
                        plan,
                        notes,
                        from,
                        to,
                        IncidentWriter.USUAL_LEAD_IN,
                        file,
                        progress,
                        work);
        return Sentence.of("job.saved", file.toString(), written.readings());
    }

    void saveFilm(Instant from, Instant to, Path file) {
        Basis basis = host.replay().map(its -> its.playback().basis()).orElse(Basis.KNOWN_NOW);
        FilmOrder order =
                new FilmOrder(
                        from,
                        to,
                        basis,
                        FilmOrder.usualSpeed(from, to),
                        FilmOrder.USUAL_PER_SECOND,
                        PixelSize.FULL_HD,
                        file);
        var words = speech.words();
        boolean _ =
                jobs.start(
                        Sentence.of("job.filming", file.toString()),
                        (progress, work) -> {
                            Film film =
                                    FilmJob.run(
                                            settings.recorded(),
                                            plan,
                                            words,
                                            order,
                                            progress,
                                            work);
                            return Sentence.of(
                                    "job.filmed",
                                    file.toString(),
                                    film.frames(),
                                    film.bytes() / 1e6);
                        });
    }
}
