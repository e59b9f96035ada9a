package dev.slipway.standalone.audit;

import java.util.List;

/** The containers and volumes of Slipway on an Engine, of any installation. */
public interface EngineContents {

  List<OnEngine> containers();

  List<KeptVolume> volumes();
}
