package dev.latchkey.api.works;

import dev.latchkey.api.table.Filter;
import dev.latchkey.api.table.Table;
import org.springframework.stereotype.Component;

@Component
final class WorksTable extends Table<WorkFields, Work> {

    WorksTable() {
        super("works", WorkFields.class, Work.class, Work::new, Filter.search("title"));
    }
}
