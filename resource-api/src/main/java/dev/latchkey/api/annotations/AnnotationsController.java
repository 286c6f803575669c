package dev.latchkey.api.annotations;

import dev.latchkey.api.table.Rows;
import dev.latchkey.api.table.TableController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/annotations")
class AnnotationsController extends TableController<AnnotationFields, Annotation> {

    AnnotationsController(AnnotationsTable annotations, Rows rows) {
        super(annotations, rows);
    }
}
