package dev.kvasir.web;

import dev.kvasir.web.fault.Fault;
import dev.kvasir.web.fault.FaultTable;
import dev.kvasir.web.json.WireJson;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.core.MediaType;
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
    response.setContentType(MediaType.APPLICATION_JSON);
    response.getOutputStream().write(WireJson.write(fault.body()).getBytes(StandardCharsets.UTF_8));
  }
}
