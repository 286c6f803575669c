/** {@code /v1/blobs} and {@code /v1/devices/{device_id}/blobs}: what files are, by their content, and which device has their bytes. The bytes never pass here. */
@NullMarked
package dev.latchkey.api.blobs;

import org.jspecify.annotations.NullMarked;
