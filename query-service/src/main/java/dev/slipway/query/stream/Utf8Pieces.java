package dev.slipway.query.stream;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Reads UTF-8 that comes in pieces, which may end within a character. */
public final class Utf8Pieces {

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPLACE)
          .onUnmappableCharacter(CodingErrorAction.REPLACE);
  private byte[] left = {};

  /** The characters that are whole now; bytes that are no UTF-8 become U+FFFD. */
  public String decode(byte[] piece) {
    var bytes = ByteBuffer.allocate(left.length + piece.length).put(left).put(piece).flip();
    var characters = CharBuffer.allocate(bytes.remaining() + 1);
    var _ = decoder.decode(bytes, characters, false);
    left = new byte[bytes.remaining()];
    bytes.get(left);
    return characters.flip().toString();
  }
}
