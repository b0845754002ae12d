package dev.kvasir.it;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * Somebody else's application, which was on the server before Kvasir came, with a feature that
 * Kvasir does not ask for.
 */
@WebServlet("/greeting")
public class HostServlet extends HttpServlet {
  static final String GREETING = "host@example.org was here first.";
  private static final long serialVersionUID = 1;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      InternetAddress host = new InternetAddress("host@example.org");
      response.getWriter().print(host.getAddress() + " was here first.");
    } catch (AddressException e) {
      throw new IOException(e);
    }
  }
}
