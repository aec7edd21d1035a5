// What the insight pages have in common: the frame of a page, headings, and a page with nothing on it. Main thread.

import CGtk
import DuetEngine

/// The pages, in the order of the switcher.
enum InsightPage: String, CaseIterable {
  case score, checks, whatIf, map

  var title: String {
    switch self {
    case .score: L("Score")
    case .checks: L("Photos to check")
    case .whatIf: L("What if?")
    case .map: L("Map")
    }
  }

  var icon: String {
    switch self {
    case .score: "emblem-ok-symbolic"
    case .checks: "edit-find-symbolic"
    case .whatIf: "media-playlist-shuffle-symbolic"
    case .map: "view-grid-symbolic"
    }
  }
}

extension Widget {
  /// A scrolling page with a column that does not grow past a readable width.
  static func insightPage(_ content: Widget) -> Widget {
    content.margin(horizontally: 18, vertically: 24)
    let clamp = Widget(adw_clamp_new())
    adw_clamp_set_maximum_size(clamp.pointer, 860)
    adw_clamp_set_tightening_threshold(clamp.pointer, 700)
    adw_clamp_set_child(clamp.pointer, content.widget)
    return .scroller(clamp).expand(horizontally: true, vertically: true)
  }

  /// A heading with a line under it that explains what follows.
  static func section(_ title: String, _ explanation: String = "") -> Widget {
    let heading = Widget.label(title).style("title-4")
    let column = Widget.column(spacing: 3, heading)
    if !explanation.isEmpty { column.append(Widget.label(explanation).style("dim-label")) }
    return column
  }

  /// A page that says that there is nothing to show.
  static func statusPage(icon: String, _ title: String = "", _ description: String = "") -> Widget {
    let page = Widget(adw_status_page_new())
    adw_status_page_set_icon_name(page.pointer, icon)
    page.style("compact")
    page.setStatus(title, description)
    return page
  }

  /// Of a page made with ``statusPage(icon:_:_:)``.
  func setStatus(_ title: String, _ description: String) {
    adw_status_page_set_title(pointer, plain(title))
    adw_status_page_set_description(pointer, plain(description))
  }
}
