package dev.slipway.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.http.MimeHeaders;

/**
 * Refuses a request that continues a header on a second line. RFC 9112 has a server reject these: a
 * proxy in front may read them as something else.
 *
 * <p>Tomcat joins such lines and does not say so, but leaves the bytes that it joined in its
 * buffer: it moves the value to the left, right behind the colon. Of a header on one line, with one
 * space at most before its value, at most one byte is left between the value and the end of the
 * line, or a few spaces that were there. Two lines leave more. More than one space before a value
 * looks the same, and is refused too.
 */
final class FoldedHeaderValve extends ValveBase {

  /** A second line with nothing but spaces in the bytes that it leaves has more of them. */
  private static final int MAX_SPACES_LEFT = 3;

  FoldedHeaderValve() {
    super(true);
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    if (hasFolded(request.getCoyoteRequest().getMimeHeaders())) {
      response.setStatus(400);
      response.setHeader("Connection", "close");
      SecurityHeaders.set(response);
      response.setContentType("application/json");
      response
          .getOutputStream()
          .write(
              ApiError.json(
                  "each header must be on one line, with at most one space before its value"));
      return;
    }
    getNext().invoke(request, response);
  }

  static boolean hasFolded(MimeHeaders headers) {
    for (int at = 0; at < headers.size(); at++) {
      if (!endsWithItsLine(headers.getValue(at).getByteChunk())) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsWithItsLine(ByteChunk value) {
    var buffer = value.getBuffer();
    if (buffer == null) {
      return true; // not read from a connection of HTTP/1
    }
    int end = value.getEnd();
    int lineFeed = end;
    while (lineFeed < buffer.length && buffer[lineFeed] != '\n') {
      lineFeed++;
    }
    int left = lineFeed - 1 - end;
    boolean onOneLine = left <= 1 || (left <= MAX_SPACES_LEFT && areSpaces(buffer, end, left));
    return onOneLine && (lineFeed + 1 >= buffer.length || !isSpace(buffer[lineFeed + 1]));
  }

  private static boolean areSpaces(byte[] buffer, int from, int length) {
    for (int at = from; at < from + length; at++) {
      if (!isSpace(buffer[at])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSpace(byte character) {
    return character == ' ' || character == '\t';
  }
}
