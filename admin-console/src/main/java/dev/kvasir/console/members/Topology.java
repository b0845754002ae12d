package dev.kvasir.console.members;

import dev.kvasir.cache.ClientInfo;
import dev.kvasir.cache.MemberInfo;
import dev.kvasir.cache.NodeReport;
import java.util.ArrayList;
import java.util.List;

/**
 * The nodes as a picture of 400 by 240: members on a ring, each joined to all others, clients on a
 * wider one, each joined to all members.
 *
 * @param spots where nodes stand, members first
 * @param lines between them
 */
public record Topology(List<Spot> spots, List<Line> lines) {
  private static final int WIDTH = 400;
  private static final int HEIGHT = 240;

  /** Of the rings, by width and height. */
  private static final double MEMBERS_RADIUS = 0.22;

  private static final double CLIENTS_RADIUS = 0.4;

  public Topology {
    spots = List.copyOf(spots);
    lines = List.copyOf(lines);
  }

  /**
   * A node.
   *
   * @param kind classes of its style: {@code inner} or {@code outer}, {@code asked}, {@code silent}
   */
  public record Spot(String name, double x, double y, String kind) {}

  /** A connection. */
  public record Line(double fromX, double fromY, double toX, double toY) {
    static Line between(Spot from, Spot to) {
      return new Line(from.x(), from.y(), to.x(), to.y());
    }
  }

  /**
   * Of these nodes.
   *
   * @param here name of the one that answers
   */
  static Topology of(List<MemberInfo> members, List<ClientInfo> clients, String here) {
    List<Spot> spots = new ArrayList<>();
    List<Line> lines = new ArrayList<>();
    double ring = members.size() < 2 ? 0 : MEMBERS_RADIUS;
    for (int i = 0; i < members.size(); i++) {
      MemberInfo member = members.get(i);
      String kind = kind("inner", member.local(), member.report());
      Spot spot = spot(member.name(), kind, ring, i / (double) members.size());
      spots.forEach(other -> lines.add(Line.between(other, spot)));
      spots.add(spot);
    }
    List<Spot> ofMembers = List.copyOf(spots);
    for (int i = 0; i < clients.size(); i++) {
      ClientInfo client = clients.get(i);
      String kind = kind("outer", client.name().equals(here), client.report());
      Spot spot = spot(client.name(), kind, CLIENTS_RADIUS, (i + 0.5) / clients.size());
      ofMembers.forEach(member -> lines.add(Line.between(spot, member)));
      spots.add(spot);
    }
    return new Topology(spots, lines);
  }

  private static String kind(String kind, boolean here, NodeReport report) {
    return kind + (here ? " asked" : "") + (report.answering() ? "" : " silent");
  }

  /** On a ring, by the part of the circle from its left. */
  private static Spot spot(String name, String kind, double radius, double turn) {
    double angle = 2 * Math.PI * turn + Math.PI;
    return new Spot(
        name,
        Math.rint(WIDTH * (0.5 + radius * Math.cos(angle))),
        Math.rint(HEIGHT * (0.5 + radius * Math.sin(angle))),
        kind);
  }
}
