import static java.lang.classfile.ClassFile.JAVA_8_VERSION;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.lang.constant.ClassDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives class files of Java 5 and before the form of Java 8: the cache of the start takes none that
 * are older than Java 6, because they lack what the verifier reads. That is worked out here, as a
 * compiler for Java 8 would have written it; what the classes do is not touched.
 *
 * <p>{@code java NewerClasses.java FOLDER}: rewrites the class files below a folder in place.
 */
final class NewerClasses {
    /** The first version that has the verifier's maps. */
    private static final int WITH_MAPS = 50;

    private NewerClasses() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        List<Path> classes;
        try (Stream<Path> files = Files.walk(folder)) {
            classes = files.filter(file -> file.toString().endsWith(".class")).toList();
        }
        ClassHierarchyResolver inFolder =
                ClassHierarchyResolver.ofResourceParsing((ClassDesc name) -> open(folder, name));
        ClassFile form =
                ClassFile.of(
                        StackMapsOption.GENERATE_STACK_MAPS,
                        ClassHierarchyResolverOption.of(
                                inFolder.orElse(ClassHierarchyResolver.defaultResolver())));
        ClassTransform version =
                (builder, element) -> {
                    if (element instanceof ClassFileVersion) {
                        builder.withVersion(JAVA_8_VERSION, 0);
                    } else {
                        builder.with(element);
                    }
                };
        // Code that no transform takes up is copied as it is, without the maps.
        ClassTransform newer =
                version.andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL));
        for (Path file : classes) {
            ClassModel old = form.parse(file);
            if (old.majorVersion() < WITH_MAPS) {
                Files.write(file, form.transformClass(old, newer));
            }
        }
    }

    /** The class in the folder; null where it is another's. */
    private static InputStream open(Path folder, ClassDesc name) {
        Path file =
                folder.resolve(name.packageName().replace('.', '/'))
                        .resolve(name.displayName() + ".class");
        try {
            return Files.exists(file) ? Files.newInputStream(file) : null;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
