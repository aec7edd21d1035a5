// One request to a multimodal language model, in the form that OpenAI-compatible servers read:
// https://platform.openai.com/docs/api-reference/chat. A value; any thread.

import Foundation

/// The body of a POST to `/chat/completions`.
public struct ChatRequest: Sendable, Equatable, Codable {
  public enum Role: String, Sendable, Codable {
    case system, user, assistant
  }

  /// A piece of a message: words, or a picture as a `data:` URL.
  public enum Part: Sendable, Equatable {
    case text(String)
    /// JPEG bytes.
    case picture(Data)
  }

  public struct Message: Sendable, Equatable {
    public var role: Role
    public var parts: [Part]

    public init(_ role: Role, _ parts: [Part]) {
      self.role = role
      self.parts = parts
    }

    public init(_ role: Role, text: String) { self.init(role, [.text(text)]) }
  }

  /// Left out of the body where nil: servers with a single model need none.
  public var model: String?
  public var messages: [Message]

  public init(model: String?, messages: [Message]) {
    self.model = model
    self.messages = messages
  }

  /// JSON with sorted keys, so that equal requests are equal bytes.
  public func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}

extension ChatRequest.Message: Codable {
  private enum Keys: String, CodingKey { case role, content }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encode(role, forKey: .role)
    // Plain words go as a string: servers without a multimodal model know no other form.
    if parts.count == 1, case .text(let text) = parts[0] {
      try container.encode(text, forKey: .content)
    } else {
      try container.encode(parts, forKey: .content)
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    role = try container.decode(ChatRequest.Role.self, forKey: .role)
    if let text = try? container.decode(String.self, forKey: .content) {
      parts = [.text(text)]
    } else {
      parts = try container.decode([ChatRequest.Part].self, forKey: .content)
    }
  }
}

extension ChatRequest.Part: Codable {
  private enum Keys: String, CodingKey {
    case type, text
    case imageURL = "image_url"
  }
  private struct ImageURL: Codable { var url: String }
  private static let prefix = "data:image/jpeg;base64,"

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    switch self {
    case .text(let text):
      try container.encode("text", forKey: .type)
      try container.encode(text, forKey: .text)
    case .picture(let jpeg):
      try container.encode("image_url", forKey: .type)
      try container.encode(ImageURL(url: Self.prefix + jpeg.base64EncodedString()), forKey: .imageURL)
    }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    if try container.decode(String.self, forKey: .type) == "text" {
      self = .text(try container.decode(String.self, forKey: .text))
      return
    }
    let url = try container.decode(ImageURL.self, forKey: .imageURL).url
    guard url.hasPrefix(Self.prefix), let jpeg = Data(base64Encoded: String(url.dropFirst(Self.prefix.count))) else {
      throw DecodingError.dataCorruptedError(forKey: .imageURL, in: container, debugDescription: "not a JPEG data URL")
    }
    self = .picture(jpeg)
  }
}
