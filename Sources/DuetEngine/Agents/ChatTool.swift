// A function that a model may ask for, as it stands in a request's `tools`: its name, what it is for, and a JSON Schema
// of its arguments. https://platform.openai.com/docs/api-reference/chat, `tools`. A value; any thread.

public struct ChatTool: Sendable, Equatable, Codable {
  public struct Function: Sendable, Equatable, Codable {
    public var name: String
    public var description: String
    /// JSON Schema.
    public var parameters: JSONValue
  }

  public var type = "function"
  public var function: Function
}
