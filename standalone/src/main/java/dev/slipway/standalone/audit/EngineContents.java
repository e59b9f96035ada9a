package dev.slipway.standalone.audit;

import java.util.List;

/** What an Engine has of Slipway's, whichever installation made it. */
public interface EngineContents {

  List<OnEngine> containers();

  List<KeptVolume> volumes();
}
