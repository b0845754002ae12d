package dev.kvasir.console;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.component.UIComponent;
import jakarta.faces.context.ResponseWriter;
import jakarta.faces.context.ResponseWriterWrapper;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.primefaces.component.messages.Messages;
import org.primefaces.component.messages.MessagesRenderer;

/**
 * PrimeFaces' list of messages, each still told when it comes. PrimeFaces makes the list's items
 * alerts, so that they are no items any more and the list has none; here the text within an item is
 * the alert.
 */
public class MessageList extends MessagesRenderer {
  @Override
  protected void encodeMessage(
      ResponseWriter writer,
      Messages messages,
      FacesMessage message,
      String styleClassPrefix,
      boolean escape)
      throws IOException {
    super.encodeMessage(new AlertWithin(writer), messages, message, styleClassPrefix, escape);
  }

  /** Moves the role of an item to the first element in it. */
  private static final class AlertWithin extends ResponseWriterWrapper {
    private static final String ROLE = "role";

    private @Nullable Object role; // that the next element gets

    AlertWithin(ResponseWriter writer) {
      super(writer);
    }

    @Override
    public void startElement(String name, UIComponent component) throws IOException {
      super.startElement(name, component);
      if (role != null) {
        super.writeAttribute(ROLE, role, null);
        role = null;
      }
    }

    @Override
    public void writeAttribute(String name, Object value, String property) throws IOException {
      if (name.equals(ROLE)) {
        role = value;
      } else {
        super.writeAttribute(name, value, property);
      }
    }
  }
}
