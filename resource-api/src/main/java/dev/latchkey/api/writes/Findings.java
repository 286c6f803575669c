package dev.latchkey.api.writes;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.InvalidDocumentException;
import dev.latchkey.api.problem.ProblemException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** All that is wrong with a batch, so that it is told at once. */
final class Findings {

    /** Told at once. Who has more wrong than this learns it after mending these. */
    private static final int MOST = 100;

    private final List<Finding> all = new ArrayList<>();

    void add(ErrorCode code, FieldError error) {
        all.add(new Finding(code, error));
    }

    /** What is wrong with a document that stands at that place of the body. */
    void add(ProblemException problem, String place) {
        problem.errors().forEach(error -> add(problem.code(), error.in(place)));
    }

    /** What a part of the body is read as; null if it is wrong, which is then among the findings. */
    <T> @Nullable T collect(String place, Supplier<T> reading) {
        try {
            return at(place, reading);
        } catch (ProblemException e) {
            add(e, "#");
            return null;
        }
    }

    /**
     * What a part of the body is read as.
     *
     * @param place pointer to that part
     * @throws ProblemException with pointers from the whole
     */
    static <T> T at(String place, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (JacksonException e) {
            throw moved(ProblemException.of(e), place);
        } catch (InvalidDocumentException e) {
            throw moved(ProblemException.of(e), place);
        } catch (ProblemException e) {
            throw moved(e, place);
        }
    }

    private static ProblemException moved(ProblemException problem, String place) {
        ErrorCode code = problem.code();
        List<FieldError> errors = problem.errors();
        return new ProblemException(
                code,
                errors.isEmpty()
                        ? List.of(FieldError.at(place, code.detail()))
                        : errors.stream().map(error -> error.in(place)).toList());
    }

    /**
     * Ends the request if anything is wrong. What is not well-formed is told before what does not fit to what is there.
     *
     * @throws ProblemException with at most 100 pointers
     */
    void raise() {
        if (all.isEmpty()) {
            return;
        }
        int status = all.stream()
                .map(finding -> finding.code().status().value())
                .min(Comparator.comparingInt(Findings::rank))
                .orElseThrow();
        List<Finding> told = all.stream()
                .filter(finding -> finding.code().status().value() == status)
                .limit(MOST)
                .toList();
        Set<ErrorCode> codes = EnumSet.noneOf(ErrorCode.class);
        told.forEach(finding -> codes.add(finding.code()));
        throw new ProblemException(
                codes.size() == 1 ? codes.iterator().next() : ErrorCode.INVALID_FIELD,
                told.stream().map(Finding::error).toList());
    }

    /** A parent that is missing is told before a conflict, which may be solved by another choice alone. */
    private static int rank(int status) {
        return status == 409 ? 500 : status;
    }

    private record Finding(ErrorCode code, FieldError error) {}
}
