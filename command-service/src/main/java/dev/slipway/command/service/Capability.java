package dev.slipway.command.service;

import dev.slipway.model.Delimited;
import java.util.Locale;
import java.util.Set;

/** The capabilities of Linux that an Engine knows, and ALL. */
final class Capability {

  private static final Set<String> NAMES =
      Set.copyOf(
          Delimited.split(
              "ALL AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN"
                  + " DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE"
                  + " LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE"
                  + " NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN"
                  + " SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO"
                  + " SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM",
              ' '));

  private Capability() {}

  /** Whether an Engine takes the name, in either case and with or without {@code CAP_}. */
  static boolean isOne(String name) {
    var upper = name.toUpperCase(Locale.ROOT);
    return NAMES.contains(upper.startsWith("CAP_") ? upper.substring(4) : upper);
  }
}
