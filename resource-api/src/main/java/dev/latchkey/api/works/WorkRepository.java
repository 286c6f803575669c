package dev.latchkey.api.works;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

interface WorkRepository extends JpaRepository<Work, UUID> {

    /** Newest first, after the cursor. The first condition alone bounds the scan of the index; the second settles equal times. */
    @Query("""
            select w from Work w
            where w.updatedAt <= :updatedAt and (w.updatedAt < :updatedAt or w.id > :id)
            order by w.updatedAt desc, w.id
            """)
    List<Work> newestAfter(Instant updatedAt, UUID id, Limit rows);
}
