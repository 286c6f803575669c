package dev.latchkey.api.table;

import java.io.Serializable;
import java.util.UUID;

/** The key of a row that knows its owner. */
record RowKey(String ownerId, UUID id) implements Serializable {}
