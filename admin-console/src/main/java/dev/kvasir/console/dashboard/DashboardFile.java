package dev.kvasir.console.dashboard;

import dev.kvasir.cache.Source;
import dev.kvasir.console.History;
import dev.kvasir.console.Range;
import dev.kvasir.console.Snapshots;
import dev.kvasir.console.Sums;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The figures over time as a file of comma-separated values, one line for each bucket. */
@WebServlet("/dashboard.csv")
public class DashboardFile extends HttpServlet {
  private static final long serialVersionUID = 1L;

  @Inject private transient Snapshots snapshots;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String wanted = String.valueOf(request.getParameter("range"));
    Range range =
        Arrays.stream(Range.values())
            .filter(one -> one.name().equalsIgnoreCase(wanted))
            .findFirst()
            .orElse(Range.MINUTES);
    response.setContentType("text/csv");
    response.setCharacterEncoding("UTF-8");
    response.setHeader("Content-Disposition", "attachment; filename=\"kvasir-dashboard.csv\"");
    PrintWriter out = response.getWriter();
    lines(snapshots.history(range), range).forEach(line -> out.print(line + "\r\n"));
  }

  static List<String> lines(List<History.Bucket> buckets, Range range) {
    String sources =
        Arrays.stream(Source.values())
            .map(source -> source.label() + "_tokens,")
            .collect(Collectors.joining());
    List<String> lines =
        buckets.stream().map(bucket -> line(bucket, range)).collect(Collectors.toList());
    lines.add(
        0,
        "start,seconds,requests,hits,"
            + sources
            + "computed_tokens,hit_first_token_ms,miss_first_token_ms,reuse_seconds");
    return lines;
  }

  private static String line(History.Bucket bucket, Range range) {
    Sums sums = bucket.sums();
    String tokens =
        Arrays.stream(Source.values())
            .map(source -> sums.tokens().of(source) + ",")
            .collect(Collectors.joining());
    return String.format(
        Locale.ROOT,
        "%s,%d,%d,%d,%s%d,%.3f,%.3f,%.3f",
        Instant.ofEpochSecond(bucket.startSecond()),
        range.bucketSeconds(),
        sums.requests(),
        sums.hits(),
        tokens,
        sums.tokens().computed(),
        sums.hitMillis(),
        sums.missMillis(),
        sums.spent().reuseSeconds());
  }
}
