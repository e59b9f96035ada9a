package dev.slipway.command.publishing;

import dev.slipway.model.container.AssignmentList.PastTerm;
import dev.slipway.model.wire.LogStamp;
import dev.slipway.model.wire.LogTerm;
import java.util.List;

/**
 * Which log this is, and the publisher's term in it.
 *
 * @param past the terms before, newest first
 */
record LogIdentity(String installation, int epoch, LogTerm term, List<PastTerm> past) {

  LogIdentity {
    past = List.copyOf(past);
  }

  LogStamp at(long position) {
    return new LogStamp(installation, epoch, term, position);
  }
}
