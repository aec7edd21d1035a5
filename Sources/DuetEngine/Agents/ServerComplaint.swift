// What a server's refusal is about: servers lack different parts of the protocol, and say so in their own words.
// Pure functions; any thread. The words are looked at and never shown: nobody has checked them.

import Foundation

enum ServerComplaint {
  /// How much of a refusal is read, in bytes.
  private static let limit = 8_192

  /// Words (in lower case) that tell what a refusal is about, most particular first: see docs/servers.md.
  private static let words: [(ServerFeature, [String])] = [
    (.usage, ["stream_options", "include_usage"]),
    (.tools, ["tool", "function call", "function_call"]),
    (.pictures, ["image", "vision", "multimodal", "multi-modal", "mmproj", "picture"]),
    (.streaming, ["stream"]),
  ]

  /// How many pictures the server takes, where that is its complaint (vLLM: "At most 1 image(s) may be provided").
  static func pictureLimit(status: Int, body: Data) -> Int? {
    guard status == 400 || status == 422, let found = text(body).firstMatch(of: /at most (\d{1,4}) image/) else { return nil }
    return Int(found.output.1)
  }

  /// Whether a refusal says that the model's name is wrong; servers say so with 400 or 404.
  static func isModelMissing(status: Int, body: Data) -> Bool {
    guard [400, 404, 422].contains(status) else { return false }
    let text = text(body)
    guard text.contains("model") else { return false }
    return ["not found", "not exist", "invalid model", "unknown model", "no such model", "not loaded"]
      .contains { text.contains($0) }
  }

  private static func text(_ body: Data) -> String {
    String(decoding: body.prefix(limit), as: UTF8.self).lowercased()
  }

  /// What the server says it lacks; nil where its refusal is about something else.
  ///
  /// - Parameter status: some servers (llama.cpp) answer 500 to what they cannot do.
  static func feature(status: Int, body: Data) -> ServerFeature? {
    guard [400, 404, 405, 406, 415, 422, 500, 501].contains(status) else { return nil }
    let text = text(body)
    // A name that is not found may hold any word ("llama-vision"); a router that finds no model for pictures says so.
    if status == 404 { return text.contains("image input") ? .pictures : nil }
    return words.first { entry in entry.1.contains { text.contains($0) } }?.0
  }
}

extension Set<ServerFeature> {
  /// Which of these features of a request to leave out after `error`; nil where that would not help.
  ///
  /// A refusal without a reason that we know is met first without everything that is optional, then without pictures.
  func blamed(for error: ReplyError) -> Set? {
    switch error {
    case .lacks(let feature, _) where contains(feature):
      return [feature]
    case .lacks, .requestNotAccepted:
      let optional = subtracting([.pictures])
      if !optional.isEmpty { return optional }
      return contains(.pictures) ? [.pictures] : nil
    default:
      return nil
    }
  }
}
