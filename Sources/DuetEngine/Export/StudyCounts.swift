// What the paper counts, counted: one number a line. Pure; any thread.

import Foundation

public struct StudyCounts: Sendable, Equatable {
  public struct Count: Sendable, Equatable {
    public let name: String
    public let value: Int
  }

  public let all: [Count]

  public subscript(name: String) -> Int? { all.first { $0.name == name }?.value }

  init(_ rows: [StudyEventRow]) {
    func count(_ event: String, _ isCounted: (StudyEventRow) -> Bool = { _ in true }) -> Int {
      rows.count { $0.event == event && isCounted($0) }
    }
    func said(_ actor: StudyEventRow.Actor, _ purpose: ChatMessage.Purpose) -> Int {
      count("message") { $0.actor == actor && $0.purpose == purpose.rawValue }
    }
    func photos(_ event: String) -> Int { rows.reduce(0) { $0 + ($1.event == event ? $1.photos ?? 0 : 0) } }
    func replies(_ actor: StudyEventRow.Actor, from source: ChatMessage.Source) -> Int {
      count("message") { $0.actor == actor && $0.source == source.rawValue }
    }
    var all: [Count] = [
      Count(name: "sessions", value: count("session_start")),
      Count(name: "sessions_baseline", value: count("session_start") { $0.detail["baseline"] == "true" }),
      Count(name: "messages_to_passive", value: said(.person, .chat)),
      Count(name: "ask_category_clicks", value: count("ask_category")),
      Count(name: "ask_result_clicks", value: count("ask_result")),
      Count(name: "messages_of_passive", value: count("message") { $0.actor == .passive }),
      Count(name: "advice_of_active", value: count("message") { $0.actor == .active }),
      Count(name: "advice_dismissed", value: count("advice_dismissed")),
      Count(name: "show_me_clicks", value: count("show_me")),
      Count(name: "trainings", value: count("train")),
      Count(name: "tests", value: count("test")),
      Count(name: "proposals_applied", value: count("apply_proposal")),
      Count(name: "proposals_dismissed", value: count("dismiss_proposal")),
      Count(name: "categories_added", value: count("add_category")),
      Count(name: "categories_renamed", value: count("rename_category")),
      Count(name: "categories_removed", value: count("remove_category")),
      Count(name: "photos_added", value: photos("add_photos")),
      Count(name: "photos_moved", value: photos("move_photos")),
      Count(name: "photos_removed", value: photos("remove_photos")),
      Count(name: "undos", value: count("undo")),
      Count(name: "redos", value: count("redo")),
    ]
    for source in [ChatMessage.Source.network, .cache, .coach] {
      all.append(Count(
        name: "replies_from_\(source.rawValue)",
        value: replies(.passive, from: source) + replies(.active, from: source)))
    }
    self.all = all
  }
}
