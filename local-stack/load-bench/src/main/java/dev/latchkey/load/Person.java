package dev.latchkey.load;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Somebody who calls the programs.
 *
 * @param works how many there are at first
 */
record Person(String owner, String token, int works) {

    /** The id of one of the works that there were at first, as the database made it: the MD5 of owner and number. */
    String anyWork() {
        return work(ThreadLocalRandom.current().nextInt(works));
    }

    private String work(int number) {
        try {
            // As Postgres does; no secret.
            byte[] hash =
                    MessageDigest.getInstance("MD5").digest((owner + "/" + number).getBytes(StandardCharsets.UTF_8));
            String hex = HexFormat.of().formatHex(hash);
            return hex.substring(0, 8)
                    + '-'
                    + hex.substring(8, 12)
                    + '-'
                    + hex.substring(12, 16)
                    + '-'
                    + hex.substring(16, 20)
                    + '-'
                    + hex.substring(20);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
