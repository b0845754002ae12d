package dev.kvasir.web;

import dev.kvasir.web.fault.Fault;
import dev.kvasir.web.fault.FaultBody;
import dev.kvasir.web.fault.FaultTable;
import dev.kvasir.web.json.WireJson;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Gives refusals of the container, before JAX-RS sees a request, the same body as all others. */
@WebServlet("/errors")
public class ContainerFaults extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
    Fault fault = FaultTable.ofStatus(status instanceof Integer code ? code : 404);
    response.setStatus(fault.status());
    Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
    FaultBody body = FaultBody.of(fault, path instanceof String uri ? uri : "");
    response.setContentType(body.mediaType());
    response.getOutputStream().write(WireJson.write(body.wire()).getBytes(StandardCharsets.UTF_8));
  }
}
