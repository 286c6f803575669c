package dev.latchkey.api.assets;

import dev.latchkey.api.table.Rows;
import dev.latchkey.api.table.TableController;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/v1/assets")
class AssetsController extends TableController<AssetFields, Asset> {

    AssetsController(AssetsTable assets, Rows rows) {
        super(assets, rows);
    }
}
