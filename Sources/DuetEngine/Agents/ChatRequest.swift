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
  /// True: the answer comes word by word. Left out where nil, which means false.
  public var stream: Bool?
  /// What the model may ask the app to show as a card. Left out where there are none.
  public var tools: [ChatTool] = []
  /// Whether a streaming server is to count tokens.
  public var countsTokens = false

  public init(model: String?, messages: [Message]) {
    self.model = model
    self.messages = messages
  }

  /// What this request asks the server for.
  var features: Set<ServerFeature> {
    var features: Set<ServerFeature> = []
    if stream == true { features.insert(.streaming) }
    if countsTokens { features.insert(.usage) }
    if !tools.isEmpty { features.insert(.tools) }
    let hasPictures = messages.contains { message in
      message.parts.contains { if case .picture = $0 { true } else { false } }
    }
    if hasPictures { features.insert(.pictures) }
    return features
  }

  /// JSON with sorted keys, so that equal requests are equal bytes.
  public func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}

extension ChatRequest {
  private enum Keys: String, CodingKey {
    case model, messages, stream, tools
    case streamOptions = "stream_options"
  }
  private struct StreamOptions: Codable {
    enum CodingKeys: String, CodingKey { case includeUsage = "include_usage" }
    var includeUsage: Bool
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Keys.self)
    try container.encodeIfPresent(model, forKey: .model)
    try container.encode(messages, forKey: .messages)
    try container.encodeIfPresent(stream, forKey: .stream)
    if countsTokens { try container.encode(StreamOptions(includeUsage: true), forKey: .streamOptions) }
    if !tools.isEmpty { try container.encode(tools, forKey: .tools) }
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Keys.self)
    model = try container.decodeIfPresent(String.self, forKey: .model)
    messages = try container.decode([Message].self, forKey: .messages)
    stream = try container.decodeIfPresent(Bool.self, forKey: .stream)
    tools = try container.decodeIfPresent([ChatTool].self, forKey: .tools) ?? []
    countsTokens = try container.decodeIfPresent(StreamOptions.self, forKey: .streamOptions)?.includeUsage ?? false
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
