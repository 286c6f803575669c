package dev.latchkey.api.page;

import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.FieldError;
import dev.latchkey.api.problem.ProblemException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list that is sorted by {@code updated_at} descending, then {@code id}: rows after it are older, or as old and of a
 * greater id. It survives inserts, and the row that it was made from may be gone. Knowing one opens nobody's rows.
 */
public record Cursor(Instant updatedAt, UUID id) {

    /** Before every row. */
    private static final Cursor START = new Cursor(Instant.parse("9999-12-31T23:59:59Z"), new UUID(0, 0));

    private static final int BYTES = 3 * Long.BYTES;

    /**
     * @param text as {@link #toString} gave it out; null for the start
     * @throws ProblemException {@link ErrorCode#INVALID_CURSOR} for anything else
     */
    static Cursor parse(@Nullable String text) {
        if (text == null) {
            return START;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == BYTES) {
                Instant updatedAt = Instant.EPOCH.plus(bytes.getLong(), ChronoUnit.MICROS);
                Cursor cursor = new Cursor(updatedAt, new UUID(bytes.getLong(), bytes.getLong()));
                if (!updatedAt.isBefore(Instant.EPOCH) && !updatedAt.isAfter(START.updatedAt)) {
                    return cursor;
                }
            }
        } catch (IllegalArgumentException e) {
            // Not base64: refused below.
        }
        throw new ProblemException(
                ErrorCode.INVALID_CURSOR, FieldError.parameter("cursor", "must be a next_cursor of this list"));
    }

    @Override
    public String toString() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putLong(ChronoUnit.MICROS.between(Instant.EPOCH, updatedAt))
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
