package dev.latchkey.api.table;

import dev.latchkey.api.document.Uuid;
import dev.latchkey.api.problem.ErrorCode;
import dev.latchkey.api.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A table of the API. There is one bean for each. */
public abstract class Table<F extends Fields, R extends Row<F>> {

    private final String name;
    private final Class<F> fieldsType;
    private final Class<R> rowType;
    private final Function<F, R> constructor;
    private final List<Filter> filters;

    /**
     * @param name as in the database and in addresses
     * @param filters what its list can be narrowed by, besides {@code updated_since}
     */
    protected Table(String name, Class<F> fieldsType, Class<R> rowType, Function<F, R> constructor, Filter... filters) {
        this.name = name;
        this.fieldsType = fieldsType;
        this.rowType = rowType;
        this.constructor = constructor;
        this.filters = new ArrayList<>(List.of(filters));
        this.filters.add(Filter.since("updated_since", "updatedAt"));
    }

    public final String name() {
        return name;
    }

    public final Class<F> fieldsType() {
        return fieldsType;
    }

    public final Class<R> rowType() {
        return rowType;
    }

    public final List<Filter> filters() {
        return List.copyOf(filters);
    }

    final R row(F fields) {
        return constructor.apply(fields);
    }

    /**
     * The id of the row with that key, which is the last part of its address: the id itself, unless a table says otherwise.
     *
     * @throws ProblemException {@link ErrorCode#INVALID_PARAMETER} if it has not the form of a key
     */
    public UUID id(String key) {
        return Uuid.parameter("id", key);
    }

    /** What a row that nobody has written yet reads as; null where it is not found. */
    public @Nullable F blank() {
        return null;
    }

    /** The document of a row with what its key says, which it may repeat. */
    public ObjectNode located(ObjectNode document, String key) {
        return document.has("id") ? document : document.put("id", key);
    }

    /** As the API shows it; 0 for one that was not written yet. */
    public long version(R row) {
        return row.version();
    }

    /** The last part of the row's address. */
    public String key(R row) {
        return row.id().toString();
    }
}
