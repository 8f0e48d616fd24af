package vigie.app;

import vigie.plan.OpenedPlan;
import vigie.text.Fault;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The files of a call, and what the call says over them. */
record CallFiles(Subcommand call, PlanOption planOption) implements ShownSettings.Files {
    @Override
    public List<Path> settings() {
        return Configuration.candidates(call.configFile(), call.invocation().folders());
    }

    @Override
    public Configuration configuration() throws Fault {
        return call.configuration();
    }

    @Override
    public Optional<Path> plan(Configuration now) {
        return planOption.file(call.invocation(), now);
    }

    @Override
    public OpenedPlan open(Configuration now) {
        return planOption.open(call.invocation(), now);
    }

    /**
     * The language and the units by these settings, where neither call nor environment say another
     * language.
     *
     * @param now what is spoken where the settings say nothing
     */
    Locale spoken(Locale now, Configuration settled) throws Fault {
        boolean given =
                call.givenLanguage().isPresent()
                        || call.invocation().variable("VIGIE_LANG").isPresent();
        return Language.of(
                given ? now : settled.language().flatMap(Language::known).orElse(now), settled);
    }
}
