package dev.slipway.http;

import dev.slipway.model.action.ActionRequest;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as an action has recorded it, made again by whoever asks for that now. */
public final class RepeatedRequest extends HttpServletRequestWrapper {

  private final Caller caller;
  private final ApiPath path;
  private final @Nullable String query;
  private final ActionRequest recorded;

  public RepeatedRequest(HttpServletRequest asking, Caller asker, ActionRequest recorded) {
    super(asking);
    this.recorded = recorded;
    this.caller = asker.repeating(recorded.namespace(), recorded.method(), recorded.path());
    int mark = recorded.path().indexOf('?');
    this.path = ApiPath.of(mark < 0 ? recorded.path() : recorded.path().substring(0, mark));
    this.query = mark < 0 ? null : recorded.path().substring(mark + 1);
  }

  @Override
  public @Nullable Object getAttribute(String name) {
    return name.equals(Caller.ATTRIBUTE) ? caller : super.getAttribute(name);
  }

  @Override
  public String getMethod() {
    return recorded.method();
  }

  @Override
  public String getRequestURI() {
    return path.canonical();
  }

  @Override
  public String getServletPath() {
    return path.canonical();
  }

  @Override
  public @Nullable String getQueryString() {
    return query;
  }

  @Override
  public @Nullable String getParameter(String name) {
    var values = getParameterValues(name);
    return values == null ? null : values[0];
  }

  @Override
  public String @Nullable [] getParameterValues(String name) {
    return getParameterMap().get(name);
  }

  @Override
  public Enumeration<String> getParameterNames() {
    return Collections.enumeration(getParameterMap().keySet());
  }

  @Override
  public Map<String, String[]> getParameterMap() {
    var all = new LinkedHashMap<String, String[]>();
    QueryText.parameters(query).forEach((name, values) -> all.put(name, array(values)));
    return all;
  }

  private static String[] array(List<String> values) {
    return values.toArray(String[]::new);
  }

  @Override
  public String getContentType() {
    return "application/json";
  }

  /** Only what says how to answer; the rest belongs to the request that asks. */
  @Override
  public @Nullable String getHeader(String name) {
    return name.equalsIgnoreCase("Prefer") ? super.getHeader(name) : null;
  }

  @Override
  public ServletInputStream getInputStream() {
    var body = new ByteArrayInputStream(recorded.body().getBytes(StandardCharsets.UTF_8));
    return new ServletInputStream() {
      @Override
      public int read() {
        return body.read();
      }

      @Override
      public boolean isFinished() {
        return body.available() == 0;
      }

      @Override
      public boolean isReady() {
        return true;
      }

      @Override
      public void setReadListener(ReadListener listener) {
        throw new UnsupportedOperationException("the body is there already");
      }
    };
  }
}
