package vigie.app;

import picocli.CommandLine;

import java.lang.reflect.Constructor;

/** Makes the commands: those that take an {@link Invocation} get this call's. */
final class Commands implements CommandLine.IFactory {
    private final Invocation invocation;
    private final CommandLine.IFactory others = CommandLine.defaultFactory();

    Commands(Invocation invocation) {
        this.invocation = invocation;
    }

    @Override
    public <K> K create(Class<K> kind) throws Exception {
        if (Subcommand.class.isAssignableFrom(kind)) {
            Constructor<K> constructor = kind.getDeclaredConstructor(Invocation.class);
            return constructor.newInstance(invocation);
        }
        return others.create(kind);
    }
}
