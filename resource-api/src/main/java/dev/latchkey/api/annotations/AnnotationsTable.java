package dev.latchkey.api.annotations;

import dev.latchkey.api.table.Filter;
import dev.latchkey.api.table.Table;
import org.springframework.stereotype.Component;

@Component
final class AnnotationsTable extends Table<AnnotationFields, Annotation> {

    AnnotationsTable() {
        super(
                "annotations",
                AnnotationFields.class,
                Annotation.class,
                Annotation::new,
                Filter.id("work_id", "workId"),
                Filter.id("asset_id", "assetId"),
                Filter.search("content"));
    }
}
