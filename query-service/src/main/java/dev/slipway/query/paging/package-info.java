/** How lists are asked for and answered: filters, pages, envelopes. */
@NullMarked
package dev.slipway.query.paging;

import org.jspecify.annotations.NullMarked;
