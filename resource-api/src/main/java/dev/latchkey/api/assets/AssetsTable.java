package dev.latchkey.api.assets;

import dev.latchkey.api.table.Filter;
import dev.latchkey.api.table.Table;
import org.springframework.stereotype.Component;

@Component
final class AssetsTable extends Table<AssetFields, Asset> {

    AssetsTable() {
        super("assets", AssetFields.class, Asset.class, Asset::new, Filter.id("work_id", "workId"));
    }
}
