/** What all streams share: how one is opened, kept alive, and ended when its reader is too slow. */
@NullMarked
package dev.slipway.query.stream;

import org.jspecify.annotations.NullMarked;
