package vigie.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Every fault of the table has a test. */
class FaultTableTest {
    @Test
    void every_row_of_the_fault_table_has_a_test() {
        Set<Integer> tested =
                new ClassFileImporter()
                        .importPackagesOf(FaultTableTest.class).stream()
                                .filter(type -> type.isMetaAnnotatedWith(ExtendWith.class))
                                .flatMap(type -> type.getMethods().stream())
                                .map(JavaMethod::getName)
                                .map(FaultTable::row)
                                .flatMap(Optional::stream)
                                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(tested)
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, FaultTable.FAULTS.size()).boxed().toList());
    }
}
