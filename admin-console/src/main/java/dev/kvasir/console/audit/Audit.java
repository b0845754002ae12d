package dev.kvasir.console.audit;

import dev.kvasir.cache.audit.AuditPage;
import dev.kvasir.cache.audit.AuditQuery;
import dev.kvasir.cache.audit.AuditRecord;
import dev.kvasir.cache.audit.AuditTrail;
import dev.kvasir.console.Notices;
import dev.kvasir.console.Texts;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The page of what administrators did: filtered, page by page, and as a file. */
@Named
@ViewScoped
@SuppressWarnings("serial") // the container injects proxies, which are serializable
public class Audit implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final System.Logger LOGGER = System.getLogger(Audit.class.getName());

  /** Most events at a time. */
  static final int LISTED = 50;

  @EJB AuditTrail trail;
  @Inject Notices notices;

  private @Nullable LocalDate from;
  private String who = "";
  private String what = "";
  private String next = "";
  private List<AuditRecord> events = List.of();

  /** Shows the newest events that match. */
  @PostConstruct
  public void search() {
    show("");
  }

  /** Shows the events before those that are shown. */
  public void older() {
    show(next);
  }

  private void show(String cursor) {
    try {
      AuditPage page = trail.find(new AuditQuery(start(), who, what, LISTED, cursor));
      events = page.records();
      next = page.next();
    } catch (RuntimeException e) {
      LOGGER.log(Level.WARNING, "KVASIR-C05: the audit events cannot be read", e);
      notices.failed(Texts.of("audit.failed"));
    }
  }

  private Instant start() {
    LocalDate day = from;
    return day == null ? Instant.EPOCH : day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  public List<AuditRecord> getEvents() {
    return events;
  }

  /** Whether there are older events than those that are shown. */
  public boolean isMore() {
    return !next.isEmpty();
  }

  /** Where all events that match are a file, the newest 1,000 of them. */
  public String getExport() {
    return "/api/audit?format=csv&limit=%d&from=%s&who=%s&what=%s"
        .formatted(AuditQuery.MAX_LIMIT, encoded(start().toString()), encoded(who), encoded(what));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  public @Nullable LocalDate getFrom() {
    return from;
  }

  public void setFrom(@Nullable LocalDate from) {
    this.from = from;
  }

  public String getWho() {
    return who;
  }

  public void setWho(String who) {
    this.who = who.strip();
  }

  public String getWhat() {
    return what;
  }

  public void setWhat(String what) {
    this.what = what.strip();
  }
}
