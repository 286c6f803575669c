package dev.latchkey.api.audit;

import dev.latchkey.api.page.Cursor;
import dev.latchkey.api.page.Page;
import dev.latchkey.api.page.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping(path = "/v1/audit", produces = MediaType.APPLICATION_JSON_VALUE)
@Transactional(readOnly = true)
class AuditController {

    private final JdbcClient jdbc;

    AuditController(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Newest first, after the cursor: the primary key, backwards. */
    @GetMapping
    Page<AuditEntry> list(PageRequest page) {
        List<AuditEntry> found = jdbc.sql("""
                        select id, at, actor_uid, action, table_name, row_id, request_id, device_id from audit
                        where at <= ? and (at < ? or id < ?) order by at desc, id desc limit ?""")
                .params(
                        page.after().updatedAt().atOffset(ZoneOffset.UTC),
                        page.after().updatedAt().atOffset(ZoneOffset.UTC),
                        page.after().id(),
                        page.rows())
                .query(AuditController::entry)
                .list();
        return Page.of(page, found, Function.identity(), entry -> new Cursor(entry.at(), entry.id()));
    }

    private static AuditEntry entry(ResultSet row, int number) throws SQLException {
        return new AuditEntry(
                row.getObject("id", UUID.class),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getString("actor_uid"),
                row.getString("action"),
                row.getString("table_name"),
                row.getObject("row_id", UUID.class),
                row.getString("request_id"),
                row.getString("device_id"));
    }
}
