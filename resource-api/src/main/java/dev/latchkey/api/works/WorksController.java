package dev.latchkey.api.works;

import dev.latchkey.api.table.Rows;
import dev.latchkey.api.table.TableController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/works")
class WorksController extends TableController<WorkFields, Work> {

    WorksController(WorksTable works, Rows rows) {
        super(works, rows);
    }
}
